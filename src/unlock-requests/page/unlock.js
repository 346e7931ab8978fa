import { $, fill, make } from './standing.js';
import { speak, spoken, t, when } from './words.js';

const API = '/v1/self-service/unlock-requests';
const store = window.sessionStorage;
// What was asked in this visit; the address is kept nowhere.
let sent = null;
let status = null;

const own = () => JSON.parse(store.getItem('own') ?? 'null');

/* Asking the API. A try whose answer was lost is made again under the same key, so that nothing is done twice. */
const MOST_PAPER_BYTES = 10 * 1024 * 1024;
const keys = new Map();
const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

function ask(path, body) {
  const text = JSON.stringify(body);
  return send(path, path + text, text, { 'content-type': 'application/json' });
}

async function send(path, what, body, headers) {
  const key = keys.get(what) ?? newKey();
  keys.set(what, key);
  const response = await fetch(API + path, { method: 'POST', headers: { ...headers, 'idempotency-key': key }, body });
  const answer = await response.json();
  if (response.status < 500) keys.delete(what);
  if (!response.ok) throw answer;
  return answer;
}

/* Which part of the page is shown stands behind the #, so that the back button works. */
const SECTIONS = ['ask', 'sent', 'confirm', 'find', 'status', 'code'];
const fragment = () => decodeURIComponent(location.hash.slice(1));

function part() {
  const here = fragment();
  if (here.startsWith('confirm=')) return 'confirm';
  if (here.startsWith('number=')) return own()?.number === here.slice(7) ? 'status' : 'find';
  if ((here === 'status' || here === 'code') && own()) return here;
  return here === 'sent' && sent ? 'sent' : 'ask';
}

async function show(focus = true) {
  if (fragment().startsWith('open=')) {
    const [number, accessToken] = fragment().slice(5).split('.');
    store.setItem('own', JSON.stringify({ number, accessToken }));
    history.replaceState(null, '', '#status');
  }
  const name = part();
  if (fragment().startsWith('number=')) $('number').value = fragment().slice(7);
  if (name === 'status' || name === 'code') await look();
  if (name !== 'code') forgetCode();
  for (const section of SECTIONS) $(section).hidden = section !== name;
  words();
  const heading = $(name).querySelector('h2');
  document.title = `${heading.textContent} – ${t('title')}`;
  if (focus) heading.focus();
}

function go(name) {
  if (location.hash === `#${name}`) return show();
  location.hash = name;
}

function words() {
  document.documentElement.lang = spoken();
  for (const place of document.querySelectorAll('[data-t]')) place.textContent = t(place.dataset.t);
  for (const button of document.querySelectorAll('[data-language]')) {
    button.setAttribute('aria-pressed', String(button.dataset.language === spoken()));
  }
  if (sent) {
    $('sent-number').textContent = sent.number;
    $('sent-by').textContent = when(sent.confirmBy);
  }
  if (status) fill(status);
}

/* How a request stands. */
async function look() {
  try {
    status = await ask('/status', own());
  } catch (refused) {
    if (refused.code === 'NOT_FOUND') {
      store.removeItem('own');
      status = null;
      history.replaceState(null, '', '#number=');
    }
    complain(refused);
  }
}

function showCode({ code, steps, attemptsLeft }) {
  $('shown-code').replaceChildren(...code.match(/.{1,4}/g).map((four) => make('span', four)));
  $('shown-steps').replaceChildren(...steps.map((step) => make('li', step)));
  $('shown-left').textContent = attemptsLeft === null ? '' : t('shownLeft', attemptsLeft);
  $('prove').hidden = true;
  $('shown').hidden = false;
  $('shown-code').focus();
}

function forgetCode() {
  $('shown-code').textContent = '';
  $('shown').hidden = true;
  $('prove').hidden = false;
}

/* What the buttons do. Each gets the fields of its form. */
const took = (answer) => {
  status = answer;
  return show();
};
const ACTS = {
  async submit({ identifier, email, military }) {
    const claim = military ? { exemption: 'MILITARY_DEPLOYED' } : {};
    sent = { ...(await ask('', { identifier, email, language: spoken(), ...claim })), email };
    go('sent');
  },
  async resend() {
    await ask('/resend', { number: sent.number, email: sent.email });
    say('resent');
  },
  async find({ number, email }) {
    await ask('/resend', { number, email });
    say('resent');
  },
  async confirm() {
    const { number, accessToken } = await ask('/confirm', { token: fragment().slice('confirm='.length) });
    store.setItem('own', JSON.stringify({ number, accessToken }));
    history.replaceState(null, '', '#status');
    await show();
  },
  async refresh() {
    await show(false);
    say('done');
  },
  async send() {
    await ask('/one-time-code', own());
    say('codeSent');
    $('oneTimeCode').focus();
  },
  reveal: async ({ oneTimeCode }) => showCode(await ask('/reveal', { ...own(), oneTimeCode })),
  worked: async () => took(await ask('/report', { ...own(), outcome: 'WORKED' })),
  failed: async ({ attemptsLeft }) =>
    took(
      await ask('/report', {
        ...own(),
        outcome: 'FAILED',
        ...(attemptsLeft ? { attemptsLeft: Number(attemptsLeft) } : {}),
      }),
    ),
  appeal: async ({ reason }) => took(await ask('/appeal', { ...own(), reason })),
  async paper({ type, paper }) {
    const { number, accessToken } = own();
    const what = `${type} ${paper.name} ${paper.size} ${paper.lastModified}`;
    const proof = { 'unlock-number': number, 'unlock-access-token': accessToken };
    if (!paper.size || paper.size > MOST_PAPER_BYTES) throw { errors: [{ pointer: '/paper' }] };
    const at = `/documents?type=${encodeURIComponent(type)}`;
    await took(
      await send(at, what, paper, { ...proof, 'content-type': paper.type || 'application/pdf' }).catch(ofPaper),
    );
    say('paperTaken');
  },
  async noteLeft({ attemptsLeft }) {
    if (attemptsLeft) status = await ask('/note-attempts', { ...own(), attemptsLeft: Number(attemptsLeft) });
    say('done');
  },
  async cancel() {
    if (confirm(t('cancelSure'))) await took(await ask('/cancel', { ...own(), reason: t('cancelReason') }));
  },
};

/* What is wrong with the bytes is said beside the field of the file. */
function ofPaper(refused) {
  throw refused.errors || refused.status === 413 || refused.status === 415
    ? { ...refused, errors: [{ pointer: '/paper' }] }
    : refused;
}

const say = (key) => void ($('live').textContent = t(key));

function calm(form) {
  $('alert').hidden = true;
  $('live').textContent = '';
  for (const field of form?.querySelectorAll('[aria-invalid]') ?? []) {
    field.removeAttribute('aria-invalid');
    $(`${field.id}-error`).textContent = '';
  }
}

/* A refusal stands beside the field that its pointer names, else above everything. */
function complain(refused, form) {
  $('live').textContent = '';
  const fields = (refused.errors ?? [])
    .map(({ pointer }) => form?.elements.namedItem(pointer.slice(1)))
    .filter(Boolean);
  for (const field of fields) {
    field.setAttribute('aria-invalid', 'true');
    $(`${field.id}-error`).textContent = wrongField(field.name, refused);
  }
  if (fields.length) return fields[0].focus();
  const { code, detail, facts } = refused;
  $('alert').textContent = code ? t(code, facts?.until && when(facts.until)) || detail : t('offline');
  $('alert').hidden = false;
}

function wrongField(name, { code, facts }) {
  if (name !== 'oneTimeCode') return t(`${name}Wrong`);
  if (code !== 'ONE_TIME_CODE_WRONG') return t('oneTimeCodeForm');
  return facts.triesLeft ? t('oneTimeCodeWrong', facts.triesLeft) : t('oneTimeCodeOver');
}

document.addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector('button');
  if (button.getAttribute('aria-disabled') === 'true') return;
  calm(form);
  button.setAttribute('aria-disabled', 'true');
  say('working');
  try {
    const fields = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim?.() ?? value]));
    await ACTS[form.dataset.act](fields);
    if ($('live').textContent === t('working')) $('live').textContent = '';
  } catch (refused) {
    complain(refused, form);
    if (refused.code === 'WRONG_STATE') await show(false);
  } finally {
    button.removeAttribute('aria-disabled');
  }
});

document.addEventListener('click', ({ target }) => {
  const chosen = target.closest?.('[data-language]')?.dataset.language;
  if (!chosen) return;
  speak(chosen);
  words();
});

window.addEventListener('hashchange', () => {
  calm();
  void show();
});
await show(false);
