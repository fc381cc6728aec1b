using System.Globalization;
using System.Text;

namespace Atlas;

/// <summary>Reads the cities from the CSV file which comes with the sample.</summary>
internal static class CityCsv
{
    private const int Fields = 8;

    /// <summary>The file beside the program.</summary>
    public static string DefaultPath => Path.Combine(AppContext.BaseDirectory, "Data", "cities.csv");

    /// <summary>Reads all cities.</summary>
    /// <exception cref="InvalidDataException">A line is malformed; the message names it.</exception>
    public static List<City> Read(string path)
    {
        var cities = new List<City>();
        var lineNumber = 1;
        foreach (var line in File.ReadLines(path).Skip(1))
        {
            lineNumber++;
            try
            {
                cities.Add(Parse(line));
            }
            catch (FormatException exception)
            {
                throw new InvalidDataException($"Line {lineNumber} of '{path}' is no city: {exception.Message}", exception);
            }
        }

        return cities;
    }

    private static City Parse(string line)
    {
        var fields = Split(line);
        if (fields.Count != Fields)
        {
            throw new FormatException($"it has {fields.Count} fields instead of {Fields}.");
        }

        var culture = CultureInfo.InvariantCulture;
        return new City(
            int.Parse(fields[0], culture),
            fields[1],
            fields[2],
            fields[3],
            fields[4],
            int.Parse(fields[5], culture),
            double.Parse(fields[6], culture),
            double.Parse(fields[7], culture));
    }

    // RFC 4180 without line breaks inside fields, of which a gazetteer has none: names such as "Washington, D.C." are quoted.
    private static List<string> Split(string line)
    {
        var fields = new List<string>(Fields);
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append(line[i++]);
            }
            else if (line[i] == '"')
            {
                quoted = !quoted;
            }
            else if (line[i] == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(line[i]);
            }
        }

        fields.Add(field.ToString());
        return fields;
    }
}
