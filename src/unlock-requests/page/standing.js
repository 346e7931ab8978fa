import { day, spoken, t, when } from './words.js';

export const $ = (id) => document.getElementById(id);

export function make(tag, text, ...children) {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  made.append(...children);
  return made;
}

/* How a request stands, put into its part of the page. */
export function fill({ statusText, next, reasons, checks, clock, possible, ...rest }) {
  const may = (act) => possible.includes(act);
  $('status-title').textContent = statusText;
  $('next').textContent = next.text;
  for (const id of ['status-title', 'next', 'reasons', 'rules']) $(id).lang = rest.language;
  $('next-by').textContent = next.by ? t(next.step === 'ASK_AGAIN_FROM' ? 'from' : 'by', when(next.by)) : '';
  $('to-code').hidden = !may('REVEAL');
  $('report').hidden = !may('REPORT') || rest.codesShown === 0;
  $('appeal').hidden = !may('APPEAL');
  $('cancel').hidden = !may('CANCEL');
  $('papers').hidden = !may('HAND_IN_DOCUMENT');
  $('paper-type').replaceChildren(...rest.documents.map(({ type, text }) => option(type, text)));
  list(
    'reasons',
    'reasonsTitle',
    reasons.map(({ title, remedy }) => make('li', '', make('b', title), make('span', remedy))),
  );
  list('rules', 'rulesTitle', checks.map(ruleLine));
  const { policy } = rest;
  facts([
    ['number', rest.number],
    ['ending', rest.imeiEnding],
    ['policy', policy && t('policyFrom', policy.code, day(policy.effectiveFrom))],
    ['received', clock.receivedAt && when(clock.receivedAt)],
    ['respondBy', clock.respondBy && !clock.respondedAt && when(clock.respondBy)],
    [
      'resolveBy',
      clock.resolveBy && !['COMPLETED', 'DENIED', 'CANCELLED'].includes(rest.status) && when(clock.resolveBy),
    ],
    ['left', rest.attemptsLeft === null ? null : String(rest.attemptsLeft)],
    ['appealBy', rest.appealBy && when(rest.appealBy)],
  ]);
}

function option(value, text) {
  const made = make('option', text);
  made.value = value;
  return made;
}

function ruleLine({ rule, outcome, seen, passesFrom, identifier }) {
  const mark = { PASS: '✓', FAIL: '✗', UNKNOWN: '?', WAIVED: '–' }[outcome];
  const more = [
    identifier > 1 && t('second'),
    seen && t('seen', seen),
    outcome === 'FAIL' && passesFrom && t('metFrom', when(passesFrom)),
  ].filter(Boolean);
  return make('li', '', make('b', `${mark} ${t(outcome)}`), make('span', rule), make('small', more.join(' · ')));
}

function list(id, title, items) {
  const lines = make('ul', '', ...items);
  lines.className = 'marked';
  $(id).replaceChildren(...(items.length ? [make('h3', t(title)), lines] : []));
  $(id).firstChild?.setAttribute('lang', spoken());
}

function facts(pairs) {
  const told = pairs.filter(([, value]) => value);
  $('facts').replaceChildren(...told.flatMap(([key, value]) => [make('dt', t(key)), make('dd', value)]));
}
