/* Search as you type over the Pagefind indexes that lie beside this file: one a month, or several where a month holds much. Nothing is written as HTML: only text and marks. */
const PAGE = 10, PAUSE = 200; // results at a time; milliseconds of silence before a search
const LOT = 32 * 1024, MOST = 4, UNDATED = '0000'; // bytes and months opened at once (a word costs 40 kB a month); the month of pages without a date
const $ = id => document.getElementById(id), box = $('q'), said = JSON.parse($('narrow').dataset.words), FACETS = said.facets;
const ENDING = 3, STEM = 3, UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}]/u; // letters that a stem may lack, and has at least; scripts that write words without spaces
const monthOf = part => part.slice(0, 7), EARLIER = '0001'; // what lies long ago is divided by years, and all before them is one
const holds = (part, month) => monthOf(part) === month || part === EARLIER || (part.length === 4 && month.startsWith(part));
let index, opened = [], left = [], results = [], ahead = [], entries = new Map(), shown = 0, turn = 0;

const make = (tag, props = {}, ...children) => { const e = Object.assign(document.createElement(tag), props); e.append(...children); return e; };
const wait = ms => new Promise(done => setTimeout(done, ms));
const months = new Intl.DateTimeFormat(document.documentElement.lang, { year: 'numeric', month: 'long', timeZone: 'UTC' });
const languages = new Intl.DisplayNames([document.documentElement.lang], { type: 'language', fallback: 'code' });
const names = { language: v => languages.of(v), date: v => months.format(new Date(v)), kind: v => said.kinds[v] ?? v };
const named = (facet, value) => { try { return names[facet]?.(value) ?? value; } catch { return value; } };

/* An excerpt's own text, its hits marked, without believing its HTML; a title that it begins with stands above it already. Dots tell where it is cut. */
function excerpt(html, title) {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  let titled = body.textContent.startsWith(title) ? title.length + 1 : 0; // and the full stop that an index puts behind it
  const cut = [/^\s*\p{Ll}/u.test(body.textContent) ? '…' : '', /[.!?…؟。][”’"»)\]]*\s*$/.test(body.textContent) ? '' : '\u00a0…'];
  const parts = [...body.childNodes].map(n => {
    const text = n.textContent.slice(titled); titled = Math.max(0, titled - n.textContent.length);
    return n.nodeName === 'MARK' ? make('mark', {}, text) : text;
  });
  return [cut[0], ...parts, cut[1]].filter(part => (part.textContent ?? part) !== '');
}

const folded = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase(), wordsOf = text => folded(text).match(/[\p{L}\p{N}]+/gu) || [];

/* The words of a query that what is found is judged by: of one that it does not know, Pagefind takes the longest beginning that it knows, be it one letter. */
function sought(query) {
  const words = wordsOf(query).filter(word => !UNSPACED.test(word)), long = words.filter(word => word.length >= STEM);
  return long.length ? long : words;
}

/* Do two forms of a word begin alike, but for their endings? Particles may stand before one. */
const alike = (word, hit) => hit.includes(word.slice(0, Math.max(STEM, Math.min(word.length, hit.length) - ENDING)));

/* Does a page hold a word for each of them? One that was found by what is beside its text cannot be judged. */
function fits(data, wanted) {
  const text = data.raw_content, all = text.split(text.includes('\u200B') ? '\u200B' : /[\r\n\s]+/g), hits = data.locations.map(at => wordsOf(all[at] || '').join(''));
  return !hits.length || wanted.every(word => hits.some(hit => alike(word, hit)));
}

/* What is really found of so many results, in their order. */
const real = async (some, query) => { const wanted = sought(query); return (await Promise.all(some.map(r => r.data()))).filter(data => fits(data, wanted)); };

/* What has one headline on one day is one entry: the story, its first article, others that took it over. */
function put(data) {
  const { title, when = '', from } = data.meta, key = `${title}\n${when.split(/[,،]/)[0]}`, known = entries.get(key);
  if (known) known.querySelector('.meta').append(' · ', make('a', { href: data.url }, make('bdi', {}, from || title)));
  else { entries.set(key, row(data)); $('results').append(entries.get(key)); }
}

function row(data) {
  const link = make('a', { href: data.url }, data.meta.title), text = make('p', { className: 'dek' }, ...excerpt(data.excerpt, data.meta.title));
  if (data.meta.lang && data.meta.lang !== document.documentElement.lang) for (const e of [link, text]) { e.lang = data.meta.lang; e.dir = 'auto'; }
  const meta = [...(data.filters.topic || []).slice(0, 1), data.meta.from, data.meta.when].filter(Boolean);
  return make('li', {}, make('article', {}, make('h3', {}, link), text, make('p', { className: 'meta' }, ...meta.flatMap((one, at) => [at ? ' · ' : '', make('bdi', {}, one)]))));
}

const at = month => new URL(`pagefind/${month}/`, import.meta.url);

/* The first month brings the program, and the others join it. */
async function open(months) {
  left = left.filter(one => !months.includes(one));
  const [first, ...others] = index ? [null, ...months] : months;
  if (first) { index = await import(new URL('pagefind.js', at(first[0]))); await index.options({ mergeFilter: { part: first[0] } }); await index.init(); }
  await Promise.all(others.map(([month]) => index.mergeIndex(at(month).pathname, { mergeFilter: { part: month } })));
  opened = [...opened, ...months.map(([month]) => month)].sort().reverse();
}

/* As many months as weigh a lot, one at least. */
function lot() {
  let weight = 0;
  return left.slice(0, MOST).filter(([, bytes], n) => { weight += bytes; return !n || weight <= LOT; });
}

/* By date, parts are asked one after the other, as far as they are shown: Pagefind orders within one alone. */
async function enough(mine) {
  while (ahead.length && results.length < shown + PAGE) {
    const found = await index.search(ahead[0].query, ahead[0].asked);
    if (mine !== turn) return;
    ahead.shift(); results.push(...found.results);
  }
}

async function more() {
  const mine = turn, query = box.value.trim();
  for (let rows = []; !rows.length;) {
    await enough(mine);
    const next = results.slice(shown, shown + PAGE);
    if (mine !== turn || !next.length) break;
    rows = await real(next, query);
    if (mine !== turn) return;
    rows.forEach(put); shown += next.length;
  }
  if (mine !== turn) return;
  $('more').hidden = shown >= results.length && !ahead.length;
  if ($('more').hidden) $('status').textContent = status(entries.size, query);
}

function choices() {
  const filters = {};
  for (const facet in FACETS) if ($(`by-${facet}`).value) filters[facet] = $(`by-${facet}`).value;
  return filters;
}

/* Only what the results hold can be chosen, with its number. */
function offer(counts) {
  for (const facet in FACETS) {
    const select = $(`by-${facet}`), kept = select.value, values = Object.entries({ ...(kept && { [kept]: 0 }), ...counts[facet] }).filter(([v, n]) => n || v === kept);
    if (facet === 'date') values.push(...[...new Set(left.map(([part]) => monthOf(part)))].filter(month => month.length === 7 && !counts.date?.[month]).map(month => [month, 0]));
    values.sort((a, b) => facet === 'date' ? b[0].localeCompare(a[0]) : b[1] - a[1] || a[0].localeCompare(b[0]));
    select.replaceChildren(make('option', { value: '' }, said.all), ...values.map(([v, n]) => make('option', { value: v, selected: v === kept }, n ? `${named(facet, v)} (${n})` : named(facet, v))));
  }
}

async function search() {
  const mine = ++turn, query = box.value.trim(), filters = choices(), order = $('by-order').value, asked = query || Object.keys(filters).length;
  const told = Object.entries({ q: query, ...filters, order }).filter(([, value]) => value);
  history.replaceState(null, '', told.length ? `?${new URLSearchParams(told)}` : location.pathname);
  $('lists').hidden = asked; $('results').hidden = !asked; $('rule').hidden = !query;
  $('rule').querySelector('pre code').textContent = `[[topic]]\nname = ${JSON.stringify(query)}\nquery = ${JSON.stringify(query)}`;
  const wanted = order === 'asc' ? left : left.filter(([part]) => holds(part, filters.date));
  if (wanted.length) await open(wanted);
  let found, first;
  const look = async () => { found = await index.search(query || null, { filters }); first = await real(found.results.slice(0, PAGE), query); };
  if (asked) await look();
  while (asked && mine === turn && !first.length && left.length) { await open(lot()); await look(); }
  if (mine !== turn) return;
  const dated = opened.filter(month => month !== UNDATED), parts = order === 'asc' ? dated.reverse() : dated;
  ahead = order && asked ? [...parts, UNDATED].map(part => ({ query: query || null, asked: { filters: { ...filters, part }, sort: part === UNDATED ? {} : { date: order } } })) : [];
  const best = asked && first.length ? found.results : [], count = asked && best.length - Math.min(PAGE, best.length) + first.length; // the best are judged: what is no find is among them
  if (!count) ahead = [];
  results = ahead.length ? [] : best; shown = 0; entries.clear(); $('results').replaceChildren(); $('more').hidden = true; $('earlier').hidden = !left.length;
  $('widen').hidden = true; $('status').textContent = asked ? status(count, query) : '';
  if (count) await more();
  const all = await index.filters(), counted = count ? (await index.search(query || null, { filters })).filters : asked ? {} : all;
  if (mine === turn) offer(counted);
}

/* How much was found, by the plural rules of the page's language, and in how many of the months. */
function status(count, query) {
  const number = new Intl.NumberFormat(document.documentElement.lang, { numberingSystem: 'latn' });
  const rule = new Intl.PluralRules(document.documentElement.lang).select(count), form = said.results[rule] ?? said.results.other;
  const found = count ? form.replace('{n}', number.format(count)) : said.none;
  const told = query ? said.query.replace('{results}', found).replace('{query}', () => query) : found;
  const later = new Set(left.map(([part]) => monthOf(part))), all = new Set([...opened, ...later].map(monthOf)).size;
  const narrowed = !count && Object.keys(choices()).length;
  $('widen').hidden = !narrowed;
  if (narrowed) return said.narrowed.replace('{results}', () => told);
  return left.length ? said.months.replace('{results}', () => told).replace('{n}', number.format(Math.max(1, all - later.size))).replace('{all}', number.format(all)) : told;
}

async function earlier() { await open(lot()); await search(); }

async function typed() { const mine = ++turn; await wait(PAUSE); if (mine === turn) await search(); }

/* Called once: by the first focus of the box, or by an address that asks. */
export async function start() {
  try { left = await (await fetch(new URL('pagefind/months.json', import.meta.url))).json(); await open(lot()); } catch { $('status').textContent = said.missing; return; }
  const selects = [...Object.entries(FACETS).map(([k, v]) => [k, v, {}]), ['order', said.order, said.orders]];
  $('narrow').append(...selects.map(([key, name, options]) => make('label', {}, name, make('select', { id: `by-${key}`, onchange: search }, ...Object.entries(options).map(([v, t]) => make('option', { value: v }, t))))));
  $('narrow').hidden = false; $('more').addEventListener('click', more); $('earlier').addEventListener('click', earlier); box.addEventListener('input', typed);
  $('widen').addEventListener('click', () => { for (const facet in FACETS) $(`by-${facet}`).value = ''; search(); });
  $('find').addEventListener('submit', e => { e.preventDefault(); search(); });
  const asked = new URLSearchParams(location.search);
  for (const [key] of selects) if (asked.get(key)) choose($(`by-${key}`), asked.get(key));
  await search();
}

/* What an address asks for; of an order only one that there is. */
function choose(select, value) {
  if (select.id !== 'by-order' && ![...select.options].some(one => one.value === value)) select.append(make('option', { value }, value));
  select.value = value; if (select.selectedIndex < 0) select.value = '';
}
