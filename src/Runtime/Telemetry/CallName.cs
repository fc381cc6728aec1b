using System.Diagnostics;

namespace TypedCache.Telemetry;

/// <summary>The words for one kind of call on the keys of one template. They are made once, so that no call makes text.</summary>
internal sealed class CallName
{
    private static readonly CallName?[] WithoutTemplate = new CallName?[CallKinds.Count];

    /// <summary>Makes the words.</summary>
    /// <param name="kind">What is asked for.</param>
    /// <param name="template">What the keys are; null where nobody says.</param>
    public CallName(CallKind kind, KeyTemplate? template)
    {
        Kind = kind;
        Template = template;
        OperationName = CallKinds.NameOf(kind);
        Summary = template is null ? OperationName : $"{OperationName} {template.Text}";
        var tags = new TagList { CommonTags.System, new(TypedCacheTelemetry.Attributes.Operation, OperationName) };
        if (template is not null)
        {
            tags.Add(TypedCacheTelemetry.Attributes.QuerySummary, Summary);
        }

        DurationTags = tags;
        CommonTags.AddTemplate(ref tags, template);
        SpanTags = [.. tags];
        ResultTags = CommonTags.Of(template);
        ResultTags.Add(TypedCacheTelemetry.Attributes.Operation, OperationName);
    }

    public CallKind Kind { get; }

    public KeyTemplate? Template { get; }

    public string OperationName { get; }

    /// <summary>The operation and the template, where there is one. It is the name of the call's span.</summary>
    public string Summary { get; }

    /// <summary>What is known of a span before it begins.</summary>
    public KeyValuePair<string, object?>[] SpanTags { get; }

    /// <summary>What all measurements of the call's duration have in common.</summary>
    public readonly TagList DurationTags;

    /// <summary>What all counts of the call's results have in common.</summary>
    public readonly TagList ResultTags;

    /// <summary>The words for a call.</summary>
    public static CallName Of(CallKind kind, KeyTemplate? template) =>
        template is not null ? template.Name(kind) : WithoutTemplate[(int)kind] ??= new CallName(kind, null);
}
