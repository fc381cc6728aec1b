// The live page of the caches. Text from the application only becomes text, never markup.
const folder = new URL('.', import.meta.url);
const HISTORY = 120, WINDOW = 10, MOST_ROWS = 100, MOST_EVENTS = 60, SLEEP_AFTER = 60_000;
const [HITS, STALE, MISSES, OTHERS, ERRORS, CREATIONS, NEAR] = [0, 1, 2, 3, 4, 5, 6];
const $ = id => document.getElementById(id);

// -- Numbers --

const QUIET = { 'aria-hidden': 'true' };
const THIN = '\u202f';
const digits = (n, wanted) => n.toLocaleString('en-US', { maximumFractionDigits: Math.max(0, wanted - 1 - Math.floor(Math.log10(Math.max(Math.abs(n), 0.01)))) });
const scaled = (n, units, step) => {
  let i = 0;
  while (Math.abs(n) >= step * 0.9995 && i < units.length - 1) { n /= step; i++; }
  return digits(n, 3) + (units[i] ? THIN + units[i] : '');
};
const missing = n => n === null || n === undefined || Number.isNaN(n);
const count = n => missing(n) ? '–' : n !== 0 && Math.abs(n) < 0.1 ? '<' + THIN + '0.1' : Math.abs(n) < 1000 ? digits(n, n % 1 && n < 10 ? 2 : 3) : scaled(n, ['', 'k', 'M', 'G', 'T'], 1000);
const bytes = n => missing(n) ? '–' : scaled(n, ['B', 'KiB', 'MiB', 'GiB', 'TiB'], 1024);
const time = us => missing(us) ? '–' : scaled(us * 1000, ['ns', 'µs', 'ms', 's'], 1000);
const share = n => missing(n) ? '–' : digits(n > 0.999 && n < 1 ? Math.floor(n * 10000) / 100 : n * 100, n > 0.999 ? 4 : 3) + THIN + '%';
const clock = at => new Date(at * 1000).toLocaleTimeString('en-GB');
const widthOf = node => Math.round(node.getBoundingClientRect().width);
const round = n => Math.round(n * 10) / 10;

// -- Elements --

const on = (node, event, act, options) => node.addEventListener(event, act, options);
const fill = (node, attributes, children) => {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name === 'text') setText(node, value); else if (name.startsWith('on')) on(node, name.slice(2), value); else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
};
const el = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
const svg = (tag, attributes, ...children) => fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
const button = (text, onclick, more) => el('button', { type: 'button', text, onclick: event => onclick(event.currentTarget), ...more });
const path = (d, css, more) => svg('path', { d, class: css, ...more });
const setText = (node, text) => { if (node.textContent !== text) node.textContent = text; };
const setAttribute = (node, name, value) => { if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value); };
const toggle = (node, name, on) => node.classList.toggle(name, on);
const setParts = (node, ...parts) => {
  const wanted = parts.map(part => typeof part === 'string' ? part : part.textContent).join('');
  if (node.textContent !== wanted) node.replaceChildren(...parts);
};

const SHAPES = {
  circle: 'M6 1a5 5 0 1 0 .01 0z', ring: 'M6 1a5 5 0 1 0 .01 0zM6 3.4a2.6 2.6 0 1 1-.01 0z', cross: 'M1 3l2-2 3 3 3-3 2 2-3 3 3 3-2 2-3-3-3 3-2-2 3-3z',
  triangle: 'M6 .8L11.6 11H.4z', square: 'M1.5 1.5h9v9h-9z', diamond: 'M6 .3L11.7 6 6 11.7.3 6z',
};
const shape = (name, color) => svg('svg', { viewBox: '0 0 12 12', ...QUIET }, path(SHAPES[name], 'f-' + color, { 'fill-rule': 'evenodd' }));

// -- What has been heard --

let hello = null, last = null, paused = false, awake = true;
let history = [], marks = [], happened = [];
let templates = new Map(), frames = [], base = 0, since = null;
let servers = new Map(), pools = new Map();

const isOut = server => server.state === 'failed';
const zeros = () => new Array(7).fill(0);
const forget = () => { last = null; templates = new Map(); frames = []; };

function take(sample) {
  if (last?.recording !== sample.recording) {
    forget();
    base = Date.now() / 1000 - sample.seconds;
    since = base;
    if (history.length) history.push({ at: base - 0.5, gap: true });
  }

  const seconds = last ? sample.seconds - last.seconds : 0;
  takeTemplates(sample, seconds);
  if (last && seconds > 0) history.push(pointOf(sample, seconds));
  notice(sample, base + sample.seconds);
  const from = base + sample.seconds - HISTORY - 5;
  history = history.filter(point => point.at > from);
  marks = marks.filter(mark => mark.at > from);
  takeServers(sample, seconds);
  last = sample;
  show();
}

const refreshesOf = sample => sample.creations.reduce((sum, each) => sum + (each.trigger === 'refresh' ? each.count : 0), 0);

function pointOf(sample, seconds) {
  const rate = column => (sample.totals[column] - last.totals[column]) / seconds;
  const [hits, stale, misses] = [rate(HITS), rate(STALE), rate(MISSES)];
  const reads = hits + stale + misses;
  const refreshes = refreshesOf(sample) - refreshesOf(last);
  return {
    at: base + sample.seconds, hits: hits + stale, misses, others: rate(OTHERS), errors: rate(ERRORS), reads,
    hitRate: reads > 0 ? (hits + stale) / reads : null,
    nearRate: reads > 0 && sample.near.lookups > 0 ? Math.min(1, (sample.near.hits - last.near.hits) / seconds / reads) : null,
    creates: rate(CREATIONS), refreshes: refreshes / seconds, waits: (sample.leaseWaitCount - last.leaseWaitCount) / seconds,
    read50: sample.reads.lately.p50, read99: sample.reads.lately.p99, create50: sample.creates.lately.p50, create99: sample.creates.lately.p99,
  };
}

// Sums of the last seconds by template: what comes in is added, what falls out is taken away again.
function takeTemplates(sample, seconds) {
  for (const { id, client, key } of sample.names) {
    if (!templates.has(id)) templates.set(id, { id, client, key, name: client || key ? (client ? client + ':' : '') + key : 'keys without a template', counts: zeros(), lately: zeros() });
  }
  const frame = { seconds, rows: [] };
  for (const [id, ...counts] of sample.templates) {
    const template = templates.get(id);
    if (!template) continue;
    if (seconds > 0) {
      const added = counts.map((value, i) => value - template.counts[i]);
      if (added.some(value => value !== 0)) {
        added.forEach((value, i) => { template.lately[i] += value; });
        frame.rows.push([template, added]);
      }
    }
    template.counts = counts;
  }
  if (seconds > 0) frames.push(frame);
  while (frames.length > WINDOW) {
    for (const [template, gone] of frames.shift().rows) gone.forEach((value, i) => { template.lately[i] -= value; });
  }
}

const latelySeconds = () => frames.reduce((sum, frame) => sum + frame.seconds, 0);

function takeServers(sample, seconds) {
  const seen = new Map();
  for (const pool of sample.pools) {
    for (const server of pool.servers) {
      const id = pool.name + '\n' + server.name;
      const before = servers.get(id);
      const rate = name => seconds > 0 && !missing(server[name]) && !missing(before?.[name]) ? Math.max(0, server[name] - before[name]) / seconds : null;
      seen.set(id, { ...server, id, pool: pool.name, state: server.state === 'connected' && server.sick ? 'sick' : server.state, receiving: rate('received'), sending: rate('sent') });
    }
  }
  servers = seen;
}

const rateOf = columns => template => columns.reduce((sum, column) => sum + template.lately[column], 0) / (latelySeconds() || 1);
const readsOf = counts => counts[HITS] + counts[STALE] + counts[MISSES];
const hitRate = counts => readsOf(counts) > 0 ? (counts[HITS] + counts[STALE]) / readsOf(counts) : null;

// -- What happened --

function tell(text, kind, { mark = true, aloud = true, at = Date.now() / 1000 } = {}) {
  happened.unshift({ at, text, kind });
  happened.length = Math.min(happened.length, MOST_EVENTS);
  if (mark) marks.push({ at, text });
  if (aloud) setText($('announcement'), text);
  showEvents();
}

function notice(sample, at) {
  for (const pool of sample.pools) {
    const named = sample.pools.length > 1 ? ` (${pool.name})` : '';
    const before = pools.get(pool.name);
    for (const server of pool.servers) {
      const former = servers.get(pool.name + '\n' + server.name);
      const was = former?.state, failed = isOut(server), why = (server.failure ?? '').replace(server.name + ' ', 'it ');
      if (former && was !== 'failed' && failed) tell(`${server.name} has failed${named}: ${why}`, 'bad', { at });
      else if (was === 'failed' && !failed) tell(`${server.name} is back${named}.`, 'good', { at });
      else if (!former && failed) tell(`${server.name} is out of use${named}: ${why}`, 'bad', { at, mark: false });
    }
    if (before && before.version !== pool.version) tell(`The servers have changed${named}: there are ${pool.servers.length} now.`, 'info', { at });
    if (before && before.phase !== pool.phase) tell(pool.phase === 'none' ? `The warm move has ended${named}.` : `Warm move${named}: ${pool.phase}.`, 'info', { at });
  }
  pools = new Map(sample.pools.map(pool => [pool.name, pool]));
}

function showEvents() {
  const list = $('events'), kinds = { bad: ['cross', 'bad'], good: ['circle', 'good'], info: ['diamond', 'cache'] };
  list.replaceChildren(...happened.map(({ at, text, kind }) => el('li', {}, el('time', { text: clock(at) }), shape(...kinds[kind]), el('span', { text }))));
}

// -- Charts over time --

let hover = null;
const charts = [];

class TimeChart {
  // A series: its number in a point, its name, and how it looks.
  constructor(id, unit, { log, top, area }, ...series) {
    Object.assign(this, { unit, log, top, area, figure: $(id), series: series.map(([key, label, color, glyph, dash = '']) => ({ key, label, color, glyph, dash })) });
    this.title = this.figure.querySelector('h2').textContent;
    this.legend = el('ul', { class: 'legend' });
    this.values = this.series.map(({ label, color, dash, glyph }) => {
      const value = el('b', { text: '–' });
      const mark = svg('svg', { viewBox: '0 0 22 10', ...QUIET }, path('M0 5h22', `series s-${color} ${dash}`), path(SHAPES[glyph], 'f-' + color, { transform: 'translate(7 1) scale(.66)' }));
      this.legend.append(el('li', {}, mark, label, value));
      return value;
    });
    this.figure.querySelector('figcaption').append(this.legend);
    this.plot = svg('svg', { class: 'plot', role: 'img', tabindex: '0' });
    this.figure.append(this.plot);
    this.width = 0;
    new ResizeObserver(() => { this.measure(); this.draw(); }).observe(this.figure);
    on(this.plot, 'pointermove', event => this.point(event.offsetX));
    on(this.plot, 'pointerleave', () => look(null));
    on(this.plot, 'blur', () => look(null));
    on(this.plot, 'keydown', event => this.key(event));
    charts.push(this);
  }

  measure() {
    this.width = widthOf(this.plot);
    this.height = 178;
    setAttribute(this.plot, 'viewBox', `0 0 ${this.width} ${this.height}`);
  }

  get left() { return 46; }
  get right() { return this.width - 8; }
  x(at) { return round(this.right - (this.now - at) / HISTORY * (this.right - this.left)); }

  point(offset) { look(this.now - (this.right - offset) / (this.right - this.left) * HISTORY); }

  key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === 'Escape') look(null);
    if (!step || !history.length) return;
    event.preventDefault();
    const now = history.at(-1).at;
    look(Math.min(now, Math.max(now - HISTORY, (hover ?? now) + step)));
  }

  scale() {
    let highest = 0, lowest = Infinity;
    for (const point of history) {
      for (const { key } of this.series) {
        if (!missing(point[key])) highest = Math.max(highest, point[key]);
        if (point[key] > 0) lowest = Math.min(lowest, point[key]);
      }
    }
    const [bottom, height] = [this.height - 20, this.height - 32];
    if (this.log) {
      const from = lowest === Infinity ? 0 : Math.floor(Math.log10(lowest)), to = Math.max(from + 2, highest > 0 ? Math.ceil(Math.log10(highest)) : 0);
      const every = Math.ceil((to - from) / 4);
      const ticks = [];
      for (let power = from; power <= to; power += every) ticks.push(10 ** power);
      return { ticks, y: value => round(bottom - Math.max(0, (Math.log10(Math.max(value, 1e-3)) - from) / (to - from)) * height) };
    }
    const size = 10 ** Math.floor(Math.log10(highest || 1));
    const top = this.top ?? [1, 2, 5, 10].map(n => n * size).find(n => n >= highest) ?? 1;
    return { ticks: [0, top / 2, top], y: value => round(bottom - Math.min(value / top, 1.02) * height) };
  }

  draw() {
    if (!this.width) return;
    this.now = last ? base + last.seconds : Date.now() / 1000;
    const { ticks, y } = this.scale();
    const bottom = this.height - 20;
    const nodes = [];
    for (const tick of ticks) {
      nodes.push(path(`M${this.left} ${y(tick)}H${this.right}`, 'gridline'));
      nodes.push(svg('text', { x: this.left - 6, y: y(tick) + 4, 'text-anchor': 'end', text: this.unit(tick) }));
    }
    for (const [ago, anchor] of [[120, 'start'], [60, 'middle'], [0, 'end']]) {
      nodes.push(svg('text', { x: this.x(this.now - ago), y: this.height - 4, 'text-anchor': anchor, text: ago ? `−${ago / 60} min` : 'now' }));
    }
    for (const mark of marks) {
      const x = this.x(mark.at);
      if (x < this.left) continue;
      nodes.push(svg('g', {}, svg('title', { text: mark.text }), path(`M${x} 8V${bottom}`, 'mark'), path(`M${x - 4} 3h8l-4 6z`, 'mark-head')));
    }
    for (const line of this.series) nodes.push(...this.line(line, y, bottom));
    const shown = hover === null ? null : nearest(hover);
    if (shown) nodes.push(path(`M${this.x(shown.at)} 8V${bottom}`, 'cross'));
    this.plot.replaceChildren(...nodes);
    this.describe(shown ?? history.at(-1), shown !== null);
  }

  line({ key, color, dash, glyph }, y, bottom) {
    let drawn = '', shade = '', open = null, at = null;
    for (const point of history) {
      const x = this.x(point.at);
      if (missing(point[key]) || x < this.left) {
        if (open !== null) shade += `L${at} ${bottom}L${open} ${bottom}Z`;
        open = null;
        continue;
      }
      const step = `${open === null ? 'M' : 'L'}${x} ${y(point[key])}`;
      drawn += step;
      shade += step;
      open ??= x;
      at = x;
    }
    if (open !== null) shade += `L${at} ${bottom}L${open} ${bottom}Z`;
    const nodes = [];
    if (key === this.area) nodes.push(path(shade, 'area'));
    if (drawn) nodes.push(path(drawn, `series s-${color} ${dash}`));
    const end = history.at(-1);
    if (end && !missing(end[key])) nodes.push(path(SHAPES[glyph], 'f-' + color, { transform: `translate(${this.x(end.at) - 4.2} ${y(end[key]) - 4.2}) scale(.7)` }));
    return nodes;
  }

  describe(point, past) {
    const parts = this.series.map(({ key, label }, i) => {
      const text = this.unit(point?.[key]);
      setText(this.values[i], text);
      return `${label} ${text}`;
    });
    setAttribute(this.plot, 'aria-label', `${this.title}${past ? ' at ' + clock(point.at) : ''}: ${parts.join(', ')}. Left and right show others.`);
  }
}

function nearest(at) {
  let best = null;
  const distance = point => Math.abs(point.at - at);
  for (const point of history) if (!point.gap && distance(point) < (best ? distance(best) : 3)) best = point;
  return best;
}

function look(at) {
  if (hover === at) return;
  hover = at;
  charts.forEach(chart => chart.draw());
}

// -- Side by side --

const ranges = [];

function rangeRow(parent, name, color, glyph) {
  const row = { color, glyph, plot: svg('svg', { ...QUIET }), figures: el('span', { class: 'figures' }) };
  parent.append(el('div', { class: 'range' }, el('span', { class: 'name', text: name }), row.plot, row.figures));
  ranges.push(row);
  return row;
}

const cacheRow = rangeRow($('compare'), 'With', 'cache', 'circle');
const originRow = rangeRow($('compare'), 'Without', 'origin', 'square');
const axis = { axis: true, plot: svg('svg', { ...QUIET }) };
$('compare').append(el('div', { class: 'range axis' }, el('span'), axis.plot, el('span')));
ranges.push(axis);
let compared = [];

const LOOKS = [['cache', 'circle'], ['origin', 'square'], ['near', 'triangle'], ['good', 'diamond'], ['other', 'circle']];

// A value that comes later can stand before the others: each has the look of its place.
function arrange(group, names) {
  if (names.join('\n') === group.names?.join('\n')) return;
  for (const row of group.rows.values()) {
    ranges.splice(ranges.indexOf(row), 1);
    row.plot.parentNode.remove();
  }
  group.names = names;
  group.rows = new Map(names.map((name, at) => [name, rangeRow(group.box, name, ...LOOKS[at % LOOKS.length])]));
}

const current = view => view.lately.count > 0 ? view.lately : view.all;

function showComparison(sample) {
  const [reads, creates] = [current(sample.reads), current(sample.creates)];
  const lead = $('compare-lead');
  if (missing(reads.p50)) setParts(lead, 'Waiting for reads.');
  else if (missing(creates.p50)) setParts(lead, 'No create function has run yet, so there is nothing to compare reads with.');
  else {
    const factor = creates.p50 / reads.p50;
    setParts(lead, 'Half of all reads take ', el('b', { text: time(reads.p50) }), ` or less; the create functions, ${time(creates.p50)}: `,
      factor >= 1 ? el('b', { text: `${count(factor)} times faster` }) : el('b', { class: 'slower', text: `${count(1 / factor)} times slower` }), ' with the cache.');
  }
  const put = (row, view) => { row.value = current(view); row.old = view.lately.count === 0; };
  put(cacheRow, sample.reads);
  put(originRow, sample.creates);
  sample.comparisons.forEach((values, i) => {
    const group = compared[i] ??= { rows: new Map(), box: el('div', {}, el('p', { class: 'range-title', text: hello?.comparisons[i] ?? '' })) };
    if (!group.box.parentNode) $('compare').insertBefore(group.box, axis.plot.parentNode);
    group.box.hidden = values.length === 0;
    arrange(group, values.map(({ value }) => value));
    for (const { value, durations } of values) put(group.rows.get(value), durations);
  });
  drawRanges();
}

function drawRanges() {
  const values = ranges.flatMap(({ value }) => value && !missing(value.p50) ? [value.p50, value.p99] : []);
  const from = values.length ? Math.floor(Math.log10(Math.min(...values))) : 0, to = values.length ? Math.max(from + 1, Math.ceil(Math.log10(Math.max(...values)))) : 3;
  for (const { value, plot, figures, color, glyph, old, axis } of ranges) {
    const width = widthOf(plot) || 200;
    const x = us => round(7 + (Math.log10(us) - from) / (to - from) * (width - 14));
    const nodes = [];
    for (let power = from; power <= to; power++) nodes.push(axis ? svg('text', { x: x(10 ** power), y: 11, 'text-anchor': power === from ? 'start' : power === to ? 'end' : 'middle', text: (power - from) % Math.ceil(64 * (to - from) / width) ? '' : time(10 ** power) }) : path(`M${x(10 ** power)} 2v18`, 'gridline'));
    if (axis) plot.parentNode.hidden = !values.length;
    else if (value && !missing(value.p50)) {
      const [p50, p99] = [x(value.p50), x(value.p99)];
      nodes.push(path(`M${p50} 11H${p99}M${p99} 5v12`, `series s-${color}`));
      nodes.push(path(SHAPES[glyph], 'f-' + color, { transform: `translate(${p50 - 6} 5)` }));
      setParts(figures, el('span', { text: 'p50 ' }), time(value.p50), el('span', { text: ' p99 ' }), time(value.p99));
      setAttribute(figures, 'title', `${count(value.count)} ${old ? 'since ' + clock(since) : 'in ' + WINDOW + ' s'}`);
    } else setParts(figures, '–');
    setAttribute(plot, 'viewBox', `0 0 ${width} ${axis ? 14 : 22}`);
    plot.replaceChildren(...nodes);
  }
}

// -- Tiles --

function showTiles({ totals, failovers }) {
  const point = history.at(-1);
  const tile = (name, value, note, unit = '') => { setParts($('tile-' + name), value, el('small', { text: unit })); setText($(`tile-${name}-note`), note); };
  const lately = zeros().map((_, column) => frames.reduce((total, { rows }) => rows.reduce((sum, [, added]) => sum + added[column], total), 0));
  const reads = readsOf(lately), rate = hitRate(lately), seconds = Math.round(latelySeconds());
  const part = (column, word) => lately[column] > 0 ? `, ${share(lately[column] / reads)} ${word}` : '';
  tile('requests', count(point && point.reads + point.others + point.errors), point ? `${count(point.reads)} reads, ${count(point.others)} others` : '', '/s');
  tile('hits', share(rate ?? hitRate(totals)), reads > 0 ? `last ${seconds} s${part(NEAR, 'near')}${part(STALE, 'stale')}` : readsOf(totals) > 0 ? `since ${clock(since)}` : 'no reads yet');
  tile('saved', count(totals[HITS] + totals[STALE]), `${count(point?.hits ?? 0)}/s: reads that the cache answered since ${clock(since)}`);
  tile('creates', count(point?.creates), `${count(totals[CREATIONS])} since then; lease waits ${count(point?.waits ?? 0)}/s`, '/s');
  tile('errors', count(point?.errors), `${count(totals[ERRORS])} since then; taken over by other servers: ${count(failovers)}`, '/s');
  toggle($('tile-errors-box'), 'bad', lately[ERRORS] > 0);
}

function showTopology(sample) {
  const chips = [], chip = (text, css = 'chip') => chips.push(el('li', { class: css, text }));
  for (const pool of sample.pools) {
    const failed = pool.servers.filter(isOut).length;
    const name = sample.pools.length > 1 ? pool.name + ': ' : '';
    chip(`${name}${pool.servers.length} server${pool.servers.length === 1 ? '' : 's'}, topology ${pool.version}`);
    if (failed) chip(`${name}${failed} out of use`, 'chip busy');
    if (pool.phase !== 'none') chip(`${name}warm move: ${pool.phase}`, 'chip busy');
  }
  setParts($('topology'), ...chips);
  $('no-pools').hidden = sample.pools.length > 0;
}

function showCreations(sample) {
  const words = { miss: 'after a miss', refresh: 'refreshed', unreachable: 'no server reachable', superseded: 'superseded by a newer one', not_cached: 'not cached' };
  if (sample.creations.length) setParts($('creations'), ...sample.creations.map(({ trigger, outcome, count: n }) =>
    el('li', { class: outcome === 'failed' ? 'bad' : null, text: `${words[trigger] ?? trigger}, ${words[outcome] ?? outcome}: ${count(n)}` })));
}

// -- Keys per server --

const keysPlot = svg('svg', { id: 'keys-plot', role: 'img', width: '100%' });
$('keys').append(keysPlot);
new ResizeObserver(() => showKeys()).observe($('keys'));
$('keys-legend').append(
  el('li', {}, shape('square', 'cache'), 'keys'),
  el('li', {}, svg('svg', { viewBox: '0 0 12 12', ...QUIET }, path('M6 0v12', 'expected')), 'by its share'),
  el('li', {}, shape('cross', 'bad'), 'out of use'));

function showKeys() {
  const all = [...servers.values()];
  const width = widthOf(keysPlot);
  if (!width || !all.length) return;
  const total = all.reduce((sum, server) => sum + (server.items ?? 0), 0);
  const expected = server => (server.share ?? 0) * total;
  const most = Math.max(1, ...all.map(server => Math.max(server.items ?? 0, expected(server))));
  const nodes = [svg('defs', {}, svg('pattern', { id: 'hatched', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' }, path('M0 0v6', 'hatch')))];
  const height = all.length <= 10 ? drawBars(nodes, all, width, most, expected) : drawColumns(nodes, all, width, most, expected);
  setAttribute(keysPlot, 'viewBox', `0 0 ${width} ${height}`);
  setAttribute(keysPlot, 'height', height);
  setAttribute(keysPlot, 'aria-label', `${count(total)} keys on ${all.length} servers; the table of servers has the numbers.`);
  keysPlot.replaceChildren(...nodes);
}

const about = server => `${server.name}: ${count(server.items)} keys, share ${share(server.share)}, ${server.state}`;

function drawBars(nodes, all, width, most, expected) {
  const names = Math.min(190, width * 0.4), left = names + 8, right = width - 62, step = Math.round(Math.min(46, Math.max(24, 208 / all.length))), thick = step - 8;
  all.forEach((server, i) => {
    const y = i * step + 4, bar = n => round(n / most * (right - left)), failed = isOut(server);
    const label = svg('text', { x: names, y: y + thick / 2 + 4, 'text-anchor': 'end', text: shortened(server.name, Math.floor(names / 7.2)) });
    nodes.push(svg('g', {}, svg('title', { text: about(server) }), label,
      svg('rect', { class: 'track', x: left, y, width: right - left, height: thick, rx: 4 }),
      svg('rect', { class: failed ? null : 'f-cache', fill: failed ? 'url(#hatched)' : null, x: left, y, width: bar(server.items ?? 0), height: thick, rx: 4 }),
      path(`M${left + bar(expected(server))} ${y - 1}v${thick + 2}`, 'expected'),
      svg('text', { class: 'soft', x: right + 8, y: y + thick / 2 + 4, text: failed && missing(server.items) ? 'out' : count(server.items) })));
    if (failed) nodes.push(path(SHAPES.cross, 'f-bad', { transform: `translate(${left + 4} ${y + thick / 2 - 6})` }));
  });
  return all.length * step + 6;
}

function drawColumns(nodes, all, width, most, expected) {
  const bottom = 190, left = 44, step = (width - left) / all.length;
  for (const tick of [0, most / 2, most]) nodes.push(svg('text', { class: 'soft', x: left - 6, y: bottom - tick / most * 172 + 4, 'text-anchor': 'end', text: count(Math.round(tick)) }));
  all.forEach((server, i) => {
    const x = round(left + i * step), high = n => round(n / most * 172), failed = isOut(server), wide = round(Math.max(1, step - Math.min(3, step * 0.25)));
    nodes.push(svg('g', {}, svg('title', { text: about(server) }),
      svg('rect', failed ? { fill: 'url(#hatched)', x, y: 18, width: wide, height: 172 } : { class: 'f-cache', x, y: bottom - high(server.items ?? 0), width: wide, height: high(server.items ?? 0) }),
      path(`M${x - 0.5} ${bottom - high(expected(server))}h${wide + 1}`, 'expected')));
    if (failed) nodes.push(path(SHAPES.cross, 'f-bad', { transform: `translate(${x + wide / 2 - 5} 4) scale(.85)` }));
  });
  return bottom + 4;
}

const shortened = (text, length) => text.length <= length ? text : text.slice(0, Math.ceil(length / 2) - 1) + '…' + text.slice(text.length - Math.floor(length / 2));

// -- Tables --

// Rows keep their element, so that a button stays below the finger, and the order holds still while somebody is about to press one.
class Table {
  constructor(id, columns, { sort = null, descending = false, text, changed = () => { } }) {
    Object.assign(this, { columns, sort, descending, text, changed, rows: new Map(), order: '', items: [], holds: 0 });
    this.table = $(id);
    this.body = this.table.tBodies[0];
    this.filter = $(id + '-filter');
    this.more = $(id + '-more');
    this.count = $(id + '-count');
    this.heads = columns.map(column => {
      const head = el('th', { scope: 'col', class: column.text ? 'text' : null });
      head.append(column.value ? button(column.label, () => this.sortBy(column)) : el('span', { text: column.label }));
      return head;
    });
    this.table.tHead.append(el('tr', {}, ...this.heads));
    on(this.filter, 'input', () => this.show(this.items, true));
    this.mark();
  }

  sortBy(column) {
    this.descending = this.sort === column.label ? !this.descending : !column.text;
    this.sort = column.label;
    this.mark();
    this.show(this.items, true);
  }

  mark() {
    this.columns.forEach((column, i) => {
      if (column.label === this.sort) this.heads[i].setAttribute('aria-sort', this.descending ? 'descending' : 'ascending'); else this.heads[i].removeAttribute('aria-sort');
    });
  }

  show(items, wanted = false) {
    this.items = items;
    const text = this.filter.value.trim().toLowerCase();
    const found = text ? items.filter(item => this.text(item).toLowerCase().includes(text)) : [...items];
    const held = !wanted && (Date.now() < this.holds || this.body.matches(':hover') || this.body.contains(document.activeElement));
    if (!held) this.holds = Date.now() + 3000;
    const shown = held ? found.filter(item => this.rows.has(item.id)).concat(found.filter(item => !this.rows.has(item.id))).slice(0, MOST_ROWS) : this.sorted(found).slice(0, MOST_ROWS);
    const ids = new Set(shown.map(item => item.id));
    for (const [id, row] of this.rows) if (!ids.has(id)) { row.node.remove(); this.rows.delete(id); }
    for (const item of shown) {
      let row = this.rows.get(item.id);
      if (!row) {
        row = this.row(item);
        this.rows.set(item.id, row);
        if (held) { this.body.append(row.node); this.order = ''; }
      }
      row.item = item;
      this.columns.forEach((column, i) => column.show(row.cells[i], item, row));
      this.changed(row.node, item);
    }
    const order = shown.map(item => item.id).join('|');
    if (!held && order !== this.order) {
      this.order = order;
      shown.forEach((item, i) => {
        const node = this.rows.get(item.id).node;
        if (this.body.children[i] !== node) this.body.insertBefore(node, this.body.children[i] ?? null);
      });
    }
    setText(this.count, text ? `${count(found.length)} of ${items.length.toLocaleString('en-US')}` : items.length.toLocaleString('en-US'));
    const rest = found.length - shown.length;
    this.more.hidden = rest <= 0 && (found.length > 0 || items.length === 0);
    setText(this.more, rest > 0 ? `${rest.toLocaleString('en-US')} more. The filter finds them.` : 'None has that in its name.');
  }

  sorted(items) {
    const column = this.columns.find(each => each.label === this.sort);
    if (!column) return items;
    const sign = this.descending ? -1 : 1;
    return items.map((item, i) => [column.value(item), i, item]).sort(([one, i], [other, k]) => {
      if (missing(one) || missing(other)) return missing(one) && missing(other) ? i - k : missing(one) ? 1 : -1;
      return (typeof one === 'string' ? one.localeCompare(other, 'en', { numeric: true }) : one - other) * sign || i - k;
    }).map(([, , item]) => item);
  }

  row(item) {
    const cells = this.columns.map(column => el('td', { class: (column.text ? 'text' : '') + (column.css ? ' ' + column.css : ''), 'data-label': column.label }));
    const row = { node: el('tr', {}, ...cells), cells, item };
    this.columns.forEach((column, i) => column.make?.(cells[i], row));
    return row;
  }
}

const STATES = { connected: ['circle', 'good', 'connected'], idle: ['ring', 'other', 'not connected yet'], failed: ['cross', 'bad', 'failed'], sick: ['triangle', 'warn', 'sick, in use'] };

// Rare: a phone leaves it out where it is zero.
const number = (label, value, { format = count, rare = false } = {}) => ({
  label, value, show: (cell, item) => { const text = format(value(item)); setText(cell, text); if (rare) toggle(cell, 'none', text === '0'); },
});
const meter = (label, value, part, format, low = () => false) => ({
  label, value,
  make: cell => { cell.bar = el('i'); cell.box = el('span', { class: 'meter', ...QUIET }, cell.bar); cell.text = el('span'); cell.append(el('span', {}, cell.box, cell.text)); },
  show: (cell, item) => {
    const filled = part(item);
    cell.box.hidden = missing(filled);
    toggle(cell.box, 'low', low(filled));
    cell.bar.style.width = `${Math.round(100 * Math.min(1, filled ?? 0))}%`;
    setText(cell.text, format(value(item)));
  },
});

const serverTable = new Table('servers', [
  { label: 'State', text: true, value: server => server.state, show: showState },
  { label: 'Server', text: true, value: server => server.name, show: showServerName },
  number('Keys', server => server.items),
  number('Share', server => server.share, { format: share }),
  meter('Memory', server => server.bytes, server => server.limit ? server.bytes / server.limit : null, bytes),
  number('Evicted', server => server.evictions, { rare: true }),
  number('In flight', server => server.inFlight, { rare: true }),
  number('Received/s', server => server.receiving, { format: bytes }),
  number('Sent/s', server => server.sending, { format: bytes }),
  number('Took over', server => server.takenOver, { rare: true }),
  number('Missed deletes', server => server.missed, { rare: true }),
], { text: server => `${server.name} ${server.state} ${server.pool} ${server.zone ?? ''}`, changed: (row, server) => toggle(row, 'failed', isOut(server)) });

function showState(cell, server) {
  if (cell.dataset.state === server.state) return;
  cell.dataset.state = server.state;
  const [form, color, words] = STATES[server.state] ?? ['ring', 'other', server.state];
  cell.replaceChildren(el('span', { class: 'state ' + server.state }, shape(form, color), el('span', { text: words })));
}

function showServerName(cell, server) {
  const tags = [pools.size > 1 && server.pool, server.spare && 'spare', server.zone && 'zone ' + server.zone, server.weight > 1 && 'weight ' + server.weight];
  setParts(cell, server.name, ...tags.filter(Boolean).map(text => el('span', { class: 'tag', text })), el('span', { class: 'failure', text: server.failure ?? '' }));
}

const latelyOrAll = template => readsOf(template.lately) > 0 ? template.lately : template.counts;

const counted = (label, ...columns) => number(label, template => columns.reduce((sum, column) => sum + template.counts[column], 0), { rare: true });
const lately = template => hitRate(latelyOrAll(template));

const templateTable = new Table('templates', [
  { label: 'Template', text: true, value: template => template.name, show: showTemplate },
  number('Requests/s', rateOf([HITS, STALE, MISSES, OTHERS, ERRORS])),
  meter('Hit rate', lately, lately, share, rate => rate < 0.5),
  counted('Hits', HITS, STALE),
  counted('of them near', NEAR),
  counted('stale', STALE),
  counted('Misses', MISSES),
  counted('Creates', CREATIONS),
  counted('Writes, others', OTHERS),
  counted('Failed', ERRORS),
], { sort: 'Requests/s', descending: true, text: template => template.name });

function showTemplate(cell, template) {
  if (cell.firstChild) return;
  if (!template.key) cell.append(el('span', { class: 'client', text: template.name }));
  else cell.append(el('code', {}, ...(template.client ? [el('span', { class: 'client', text: template.client + ':' })] : []), template.key));
}

// -- Actions --

function showActions() {
  const own = hello.actions ?? [];
  const bar = $('actions'), all = own.filter(action => !action.perServer);
  const shown = JSON.stringify(own);
  if (bar.dataset.shown === shown) return;
  bar.dataset.shown = shown;
  bar.hidden = all.length === 0;
  bar.replaceChildren(el('h2', { text: 'Actions' }), ...all.flatMap(action => buttonsOf(action)));
  const column = serverTable.columns.findIndex(each => each.label === 'Actions');
  if (own.some(action => action.perServer) && column < 0) addServerActions(own.filter(action => action.perServer));
}

// What concerns a pool has one button for each pool.
const buttonsOf = action => {
  const named = pools.size > 1 ? [...pools.keys()] : [undefined];
  return named.map(pool => button(action.label + (pool ? ` (${pool})` : ''), pressed => press(pressed, action, { pool }), { 'data-action': action.name }));
};

function addServerActions(all) {
  const use = ['disable', 'enable'].map(name => all.find(action => action.name === name)), others = all.filter(action => !use.includes(action));
  serverTable.columns.push({
    label: 'Actions', css: 'wide',
    make: (cell, row) => {
      const where = () => ({ pool: row.item.pool, server: row.item.name });
      const box = el('div', { class: 'row-actions' });
      cell.use = button('', pressed => press(pressed, cell.action, where()));
      box.append(cell.use, ...others.map(action => button(action.label, pressed => press(pressed, action, where()), { 'aria-label': `${action.label}: ${row.item.name}`, 'data-action': action.name })));
      cell.append(box);
    },
    show: (cell, server) => {
      cell.action = use[isOut(server) ? 1 : 0];
      setText(cell.use, cell.action.label);
      setAttribute(cell.use, 'data-action', cell.action.name);
      setAttribute(cell.use, 'aria-label', `${cell.action.label}: ${server.name}`);
    },
  });
  const head = el('th', { scope: 'col' }, el('span', { text: 'Actions' }));
  serverTable.heads.push(head);
  serverTable.table.tHead.rows[0].append(head);
  for (const row of serverTable.rows.values()) row.node.remove();
  serverTable.rows.clear();
  serverTable.order = '';
  serverTable.show(serverTable.items, true);
}

async function press(button, action, where) {
  if (button.getAttribute('aria-disabled') === 'true') return;
  const choice = action.confirm || action.choices.length ? await ask(action, where) : undefined;
  if (choice === null) return;
  button.setAttribute('aria-disabled', 'true');
  const label = action.label + (choice ? `: ${choice}` : '') + (where.server ? ` (${where.server})` : '');
  try {
    const response = await fetch(new URL('actions/' + encodeURIComponent(action.name), folder), {
      method: 'POST', credentials: 'same-origin', headers: { 'Content-Type': 'application/json', 'X-TypedCache-Action': '1' }, body: JSON.stringify({ ...where, choice }),
    });
    const reply = await response.json().catch(() => ({ message: `The application answered ${response.status}.`, isError: true }));
    report(`${label}: ${reply.message}`, !response.ok || reply.isError);
  } catch {
    report(`${label}: the application could not be reached.`, true);
  } finally {
    button.removeAttribute('aria-disabled');
  }
}

function report(text, failed) {
  const box = $('result');
  box.hidden = false;
  toggle(box, 'error', failed);
  setText(box, text);
  tell(text, failed ? 'bad' : 'info', { aloud: false });
}

// Null: it is not to be done.
function ask(action, where) {
  const dialog = $('dialog'), choice = $('dialog-choice');
  setText($('dialog-title'), action.label);
  setText($('dialog-text'), action.confirm ? `Really? This is done at once${where.server ? ' on ' + where.server : where.pool ? ' in ' + where.pool : ''}.` : where.server ?? '');
  setText($('dialog-ok'), action.label);
  $('dialog-choice-box').hidden = action.choices.length === 0;
  choice.replaceChildren(...action.choices.map(text => el('option', { value: text, text })));
  return new Promise(resolve => {
    const listeners = new AbortController(), { signal } = listeners;
    let answer = null;
    on($('dialog-ok'), 'click', () => { answer = action.choices.length ? choice.value : undefined; dialog.close(); }, { signal });
    on($('dialog-cancel'), 'click', () => dialog.close(), { signal });
    on(dialog, 'close', () => { listeners.abort(); resolve(answer); }, { signal });
    dialog.showModal();
    (action.choices.length ? choice : $('dialog-cancel')).focus();
  });
}

// -- All of it --

new TimeChart('chart-times', time, { log: true }, ['read50', 'with, p50', 'cache', 'circle'], ['read99', 'p99', 'cache', 'circle', 'dashed'],
  ['create50', 'without, p50', 'origin', 'square'], ['create99', 'p99', 'origin', 'square', 'dashed']);
new TimeChart('chart-requests', count, { area: 'hits' }, ['hits', 'hits', 'cache', 'circle'], ['misses', 'misses', 'origin', 'square', 'dashed'],
  ['others', 'others', 'other', 'diamond', 'dotted'], ['errors', 'failed', 'bad', 'cross']);
new TimeChart('chart-hits', share, { top: 1, area: 'hitRate' }, ['hitRate', 'all reads', 'cache', 'circle'], ['nearRate', 'near cache', 'near', 'triangle', 'dashed']);
new TimeChart('chart-creates', count, {}, ['creates', 'creates', 'origin', 'square'], ['refreshes', 'of them refreshes', 'good', 'diamond', 'dotted'],
  ['waits', 'lease waits', 'near', 'triangle', 'dashed']);

function show() {
  if (!last || paused || document.hidden) return;
  showTopology(last);
  showTiles(last);
  showComparison(last);
  charts.forEach(chart => chart.draw());
  showKeys();
  serverTable.show([...servers.values()]);
  templateTable.show([...templates.values()]);
  showCreations(last);
  if (hello) showActions();
  document.documentElement.dataset.samples = String(1 + Number(document.documentElement.dataset.samples ?? 0));
}

const connected = () => connection(paused ? 'paused' : 'live', paused ? 'Paused' : 'Live');
const connection = (state, text) => {
  $('connection').dataset.state = state;
  setText($('connection-text'), text);
  toggle(document.body, 'stale', state === 'lost');
};

// -- The stream --

let source = null, retry = 0, sleep = 0, lost = false;

function connect() {
  clearTimeout(retry);
  source?.close();
  source = new EventSource(new URL('events', folder));
  on(source, 'hello', event => {
    const next = JSON.parse(event.data);
    if (hello && hello.instance !== next.instance) tell('The application has started anew.', 'info');
    else if (lost) tell('Connected again.', 'good', { mark: false });
    lost = false;
    hello = next;
    setText($('title'), hello.title);
    document.title = `${hello.title} – caches`;
    setText($('subtitle'), hello.actions ? 'Caches, live' : 'Caches, live and read only');
    connected();
  });
  on(source, 'sample', event => take(JSON.parse(event.data)));
  on(source, 'error', () => {
    source.close();
    if (!lost) tell('The connection to the application is lost.', 'bad', { mark: false });
    lost = true;
    connection('lost', 'Connection lost, trying again');
    clearTimeout(retry);
    retry = setTimeout(connect, 1000);
  });
}

on($('pause'), 'click', () => {
  paused = !paused;
  $('pause').setAttribute('aria-pressed', String(paused));
  setText($('pause'), paused ? 'Go on' : 'Pause');
  if (!lost) connected();
  show();
});

// Nobody looks at a page in the background: after a minute the application need not record for it.
on(document, 'visibilitychange', () => {
  clearTimeout(sleep);
  if (document.hidden) sleep = setTimeout(() => { awake = false; clearTimeout(retry); source.close(); }, SLEEP_AFTER);
  else if (!awake) { awake = true; connect(); } else show();
});

connect();
