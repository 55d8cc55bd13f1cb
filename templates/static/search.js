/* Search as you type over the Pagefind index that lies beside this file. Nothing is written as HTML: only text and marks. */
const PAGE = 10, PAUSE = 200; // results at a time; milliseconds of silence before a search
const $ = id => document.getElementById(id), box = $('q'), said = JSON.parse($('narrow').dataset.words), FACETS = said.facets;
let index, results = [], shown = 0, turn = 0;

const make = (tag, props = {}, ...children) => { const e = Object.assign(document.createElement(tag), props); e.append(...children); return e; };
const wait = ms => new Promise(done => setTimeout(done, ms));
const months = new Intl.DateTimeFormat(document.documentElement.lang, { year: 'numeric', month: 'long', timeZone: 'UTC' });
const languages = new Intl.DisplayNames([document.documentElement.lang], { type: 'language', fallback: 'code' });
const names = { language: v => languages.of(v), date: v => months.format(new Date(v)), kind: v => said.kinds[v] ?? v };
const named = (facet, value) => { try { return names[facet]?.(value) ?? value; } catch { return value; } };

/* An excerpt's own text, its hits marked, without believing its HTML. */
const excerpt = html => [...new DOMParser().parseFromString(html, 'text/html').body.childNodes].map(n => n.nodeName === 'MARK' ? make('mark', {}, n.textContent) : n.textContent);

function row(data) {
  const link = make('a', { href: data.url }, data.meta.title), text = make('p', { className: 'dek' }, ...excerpt(data.excerpt));
  if (data.meta.lang && data.meta.lang !== document.documentElement.lang) for (const e of [link, text]) { e.lang = data.meta.lang; e.dir = 'auto'; }
  const meta = [...(data.filters.topic || []).slice(0, 1), data.meta.from, data.meta.when].filter(Boolean);
  return make('li', {}, make('article', {}, make('h3', {}, link), text, make('p', { className: 'meta' }, ...meta.flatMap((one, at) => [at ? ' · ' : '', make('bdi', {}, one)]))));
}

async function more() {
  const mine = turn, rows = await Promise.all(results.slice(shown, shown + PAGE).map(r => r.data()));
  if (mine !== turn) return;
  $('results').append(...rows.map(row)); shown += rows.length; $('more').hidden = shown >= results.length;
}

function choices() {
  const filters = {};
  for (const facet in FACETS) if ($(`by-${facet}`).value) filters[facet] = $(`by-${facet}`).value;
  return filters;
}

/* Only what the results hold can be chosen, with its number. */
function offer(counts) {
  for (const facet in FACETS) {
    const select = $(`by-${facet}`), kept = select.value, values = Object.entries(counts[facet] || {}).filter(([v, n]) => n || v === kept);
    values.sort((a, b) => facet === 'date' ? b[0].localeCompare(a[0]) : b[1] - a[1] || a[0].localeCompare(b[0]));
    select.replaceChildren(make('option', { value: '' }, said.all), ...values.map(([v, n]) => make('option', { value: v, selected: v === kept }, `${named(facet, v)} (${n})`)));
  }
}

async function search() {
  const mine = ++turn, query = box.value.trim(), filters = choices(), order = $('by-order').value, asked = query || Object.keys(filters).length;
  history.replaceState(null, '', query ? `?q=${encodeURIComponent(query)}` : location.pathname);
  $('lists').hidden = asked; $('results').hidden = !asked; $('rule').hidden = !query;
  $('rule').querySelector('code').textContent = `[[topic]]\nname = ${JSON.stringify(query)}\nquery = ${JSON.stringify(query)}`;
  const found = asked ? await index.search(query || null, { filters, sort: order ? { date: order } : {} }) : { results: [], filters: await index.filters() };
  if (mine !== turn) return;
  results = found.results; shown = 0; $('results').replaceChildren(); $('more').hidden = true;
  $('status').textContent = asked ? status(results.length, query) : '';
  offer(found.filters); await more();
}

/* How much was found, by the plural rules of the page's language. */
function status(count, query) {
  const rule = new Intl.PluralRules(document.documentElement.lang).select(count), form = said.results[rule] ?? said.results.other;
  const found = count ? form.replace('{n}', new Intl.NumberFormat(document.documentElement.lang, { numberingSystem: 'latn' }).format(count)) : said.none;
  return query ? said.query.replace('{results}', found).replace('{query}', () => query) : found;
}

async function typed() { const mine = ++turn; await wait(PAUSE); if (mine === turn) await search(); }

/* Called once: by the first focus of the box, or by an address that asks. */
export async function start() {
  try { index = await import(new URL('pagefind/pagefind.js', import.meta.url)); await index.init(); } catch { $('status').textContent = said.missing; return; }
  const selects = [...Object.entries(FACETS).map(([k, v]) => [k, v, {}]), ['order', said.order, said.orders]];
  $('narrow').append(...selects.map(([key, name, options]) => make('label', {}, name, make('select', { id: `by-${key}`, onchange: search }, ...Object.entries(options).map(([v, t]) => make('option', { value: v }, t))))));
  $('narrow').hidden = false; $('more').addEventListener('click', more); box.addEventListener('input', typed);
  $('find').addEventListener('submit', e => { e.preventDefault(); search(); });
  await search();
}
