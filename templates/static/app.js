/* Progressive enhancement only: theme, keys, and the door to search. Everything else works without this file. */
(() => {
  const GRACE = 12 * 3600e3; // ms that a schedule may be late
  const root = document.documentElement, $ = s => document.querySelector(s);
  const store = (k, v) => { try { return v === undefined ? localStorage.getItem(k) : v === null ? localStorage.removeItem(k) : localStorage.setItem(k, v); } catch { return null; } };
  const saved = store('theme'); if (saved) root.dataset.theme = saved;
  const isDark = () => root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  const flip = () => { const t = isDark() ? 'light' : 'dark'; root.dataset.theme = t; store('theme', t); };
  const show = (e, does) => { if (e) { e.hidden = false; if (does) e.addEventListener('click', does); } };
  const searching = () => {
    const box = $('#find input'); if (!box) return;
    if (location.protocol === 'file:') return show($('#served'));
    const start = () => import('./search.js').then(m => m.start()), asked = new URLSearchParams(location.search);
    if (location.search) { box.value = asked.get('q') ?? ''; start(); } else box.addEventListener('focus', start, { once: true });
  };
  const overdue = () => {
    const e = $('[data-due]'); if (!e?.nextSibling) return; // it is read to its end
    if (Date.now() > Date.parse(e.dataset.due) + GRACE) { e.textContent = e.dataset.late; e.className = 'new'; }
    reading.disconnect();
  }, reading = new MutationObserver(overdue); // while the page is read: no line moves once it is seen
  reading.observe(root, { childList: true, subtree: true });
  document.addEventListener('DOMContentLoaded', () => {
    overdue(); reading.disconnect();
    const keys = $('#keys'), on = $('#keyson'); let heard = store('keys') !== 'off';
    show($('.theme'), flip); show($('.keys'), () => keys?.showModal()); searching();
    if (matchMedia('(max-width: 44rem)').matches) for (const d of document.querySelectorAll('details.long')) d.open = false;
    if (on) { on.checked = heard; on.addEventListener('change', () => { heard = on.checked; store('keys', heard ? null : 'off'); }); }
    const go = d => { const l = [...document.querySelectorAll('main h3 a, main .cov .h a')].filter(a => a.checkVisibility?.() ?? true), i = l.indexOf(document.activeElement), n = l[i < 0 ? (d > 0 ? 0 : l.length - 1) : i + d]; if (n) { n.focus({ preventScroll: true }); n.scrollIntoView({ block: 'center' }); } };
    const rel = r => { const a = $(`a[rel=${r}]`); if (a) a.click(); };
    document.addEventListener('keydown', e => {
      if (!heard || e.ctrlKey || e.metaKey || e.altKey || e.target.closest('input, textarea, select, dialog')) return;
      const act = { j: () => go(1), k: () => go(-1), t: flip, '/': () => $('#q').focus(), '?': () => keys?.showModal(), '[': () => rel('prev'), ']': () => rel('next') }[e.key];
      if (act) { e.preventDefault(); act(); }
    });
  });
})();
