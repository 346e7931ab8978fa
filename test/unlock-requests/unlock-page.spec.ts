import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { Client } from '../support/client.js';
import { openShop, type Shop } from '../support/shop.js';
import { handset, holdCodes, newImei, publishPolicy } from './arrange.js';
import { fragmentOf, mailTo, oneTimeCodeOf } from '../support/mailbox.js';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const ARGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];
const PICTURES = process.env['PAGE_PICTURES'];
const withBrowser = CHROMIUM === 'none' ? describe.skip : describe;

let shop: Shop;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let people = 0;
const troubles: string[] = [];
const somebody = () => `page${++people}@example.com`;

const heading = () => page.locator('section:not([hidden]) h2').innerText();
const headed = (text: string) =>
  page.locator('section:not([hidden]) h2', { hasText: text }).waitFor({ state: 'visible', timeout: 10_000 });
const told = (text: string) => page.locator('#live', { hasText: text }).waitFor({ state: 'attached' });
const focused = () => page.evaluate('document.activeElement.id || document.activeElement.tagName');
const picture = async (name: string) => {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
};
const widest = () => page.evaluate('document.documentElement.scrollWidth');

async function visit(locale: string, width = 320): Promise<void> {
  await context?.close();
  context = await browser.newContext({ locale, viewport: { width, height: 640 } });
  page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('console', (message) => {
    // A refusal is part of the story; what the policy of the page blocks is not.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(shop.url) && !request.url().startsWith('data:')) troubles.push(request.url());
  });
  await page.goto(`${shop.url}/unlock`);
}

async function fill(fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [id, value] of Object.entries(fields)) await page.fill(`#${id}`, value);
}

withBrowser('the page on which customers ask', () => {
  beforeAll(async () => {
    if (!existsSync(CHROMIUM)) {
      throw new Error(
        `There is no Chromium at ${CHROMIUM}: install it (apt-get install chromium), or name it in CHROMIUM.`,
      );
    }
    shop = await openShop();
    await publishPolicy(shop);
    await shop.db.query('update unlock_cap set hard = 100000');
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
  });
  afterAll(async () => {
    await browser?.close();
    await shop?.close();
  });
  afterEach(() => expect(troubles.splice(0)).toEqual([]));

  it('leads from the IMEI to the code and to "it worked", on a narrow phone', async () => {
    const imei = await handset(shop);
    await holdCodes(shop, [[imei, 'NCK', '0123456789012345']]);
    const email = somebody();
    await visit('en-GB');
    expect(await heading()).toBe('Ask for an unlock');
    await picture('ask');
    await fill({ identifier: '12345', email });
    await page.click('text=Ask for the unlock');
    await page.waitForSelector('#identifier-error:not(:empty)');
    expect([await focused(), await page.innerText('#identifier-error')]).toEqual([
      'identifier',
      'This is not an IMEI. Type all 15 digits.',
    ]);
    await picture('refused');
    await fill({ identifier: imei });
    await page.click('text=Ask for the unlock');
    await headed('Look into your mail');
    await picture('sent');
    const link = fragmentOf(await mailTo(shop, email, '#confirm='));
    await page.goto(`${shop.url}/unlock#${link}`);
    await headed('Confirm your request');
    // Opening the link is not confirming it: scanners of mails open links too.
    expect(await shop.count(`select count(*) from unlock_request where status <> 'PENDING_CONFIRMATION'`)).toBe(0);
    await picture('confirm');
    await page.click('text=Yes, it was me');
    await headed('Approved: your unlock is ready');
    expect(page.url()).toBe(`${shop.url}/unlock#status`);
    expect(await page.locator('#rules li').allInnerTexts()).toContain('✓ Met\nWe sold the handset.');
    await picture('status');
    await page.click('#to-code');
    await headed('Your unlock code');
    await fill({ 'seen-left': 'ten' });
    await page.click('text=Note the tries');
    await page.waitForSelector('#seen-left-error:not(:empty)');
    await fill({ 'seen-left': '9' });
    await page.click('text=Note the tries');
    await told('Done.');
    await page.click('text=Mail me six digits');
    const oneTimeCode = oneTimeCodeOf(await mailTo(shop, email, 'lets you see'));
    await fill({ oneTimeCode: oneTimeCode === '111111' ? '222222' : '111111' });
    await page.click('text=Show the code');
    await page.waitForSelector('#oneTimeCode-error:not(:empty)');
    expect(await page.innerText('#oneTimeCode-error')).toContain('4 tries left');
    await fill({ oneTimeCode });
    await page.click('text=Show the code');
    await page.waitForSelector('#shown-code:not(:empty)');
    expect(await page.textContent('#shown-code')).toBe('0123456789012345');
    expect(await page.innerText('#shown-left')).toBe('The handset has 9 tries left.');
    await picture('code');
    await page.goBack();
    await headed('Approved: your unlock is ready');
    expect(await page.textContent('#shown-code')).toBe('');
    await picture('report');
    await page.click('button:text-is("It worked")');
    await headed('Done: the handset is unlocked');
    expect(await widest()).toBe(320);
    const kept = await page.evaluate(
      'JSON.stringify([Object.keys(sessionStorage), Object.keys(localStorage), document.cookie])',
    );
    expect(kept).toBe('[["own"],[],""]');
  });

  it('tells in Spanish why not, and takes an appeal', async () => {
    const imei = await handset(shop, { balance_minor: 12_500 });
    const email = somebody();
    await visit('es-MX');
    expect(await page.getAttribute('html', 'lang')).toBe('es');
    await fill({ identifier: imei, email });
    await page.click('text=Pedir el desbloqueo');
    await headed('Mire su correo');
    await page.goto(`${shop.url}/unlock#${fragmentOf(await mailTo(shop, email, '#confirm='))}`);
    await page.click('text=Sí, fui yo');
    await headed('Denegada');
    expect(await page.innerText('#reasons')).toContain('El equipo no está pagado del todo.');
    expect(await page.locator('#rules li').allInnerTexts()).toContain(
      '✗ No se cumple\nEl equipo está pagado del todo.',
    );
    await picture('denied');
    expect(await widest()).toBe(320);
    await page.fill('#reason', 'x');
    await page.click('text=Pedir que lo revise una persona');
    await page.waitForSelector('#reason-error:not(:empty)');
    await page.fill('#reason', 'Lo pagué ayer');
    await page.click('text=Pedir que lo revise una persona');
    await headed('La revisa una persona');
    await page.click('text=English');
    expect(await page.innerText('h1')).toBe('Unlock a handset');
  });

  it('takes the papers of somebody deployed, from the phone', async () => {
    const imei = await handset(shop, { balance_minor: 9000 });
    const email = somebody();
    await visit('en-GB');
    await fill({ identifier: imei, email });
    await page.check('#military');
    await page.click('text=Ask for the unlock');
    await headed('Look into your mail');
    await page.goto(`${shop.url}/unlock#${fragmentOf(await mailTo(shop, email, '#confirm='))}`);
    await page.click('text=Yes, it was me');
    await headed('Waits for a document of yours');
    expect(await page.locator('#paper-type option').allInnerTexts()).toEqual(['deployment papers']);
    await picture('papers');
    expect(await widest()).toBe(320);
    const choose = async (mimeType: string, bytes: string) => {
      await page.setInputFiles('#paper', { name: 'orders.pdf', mimeType, buffer: Buffer.from(bytes) });
      await page.click('button:text-is("Hand it in")');
    };
    await choose('application/pdf', '<svg onload="alert(1)"/>');
    await page.waitForSelector('#paper-error:not(:empty)');
    expect(await page.innerText('#paper-error')).toBe('Choose a PDF, JPEG or PNG file of at most 10 MB.');
    await choose('application/pdf', '%PDF-1.4 orders');
    await told('We have it.');
    expect(await shop.count(`select count(*) from unlock_document where verdict = 'PENDING'`)).toBe(1);
  });

  it('can be used with the keyboard alone', async () => {
    const email = somebody();
    await visit('en-US', 1024);
    const type = async (text: string) => page.keyboard.type(text);
    const tabTo = async (id: string) => {
      for (let tabs = 0; tabs < 20 && (await focused()) !== id; tabs++) await page.keyboard.press('Tab');
      expect(await focused()).toBe(id);
    };
    await tabTo('identifier');
    await type(newImei());
    await tabTo('email');
    await type(email);
    await page.keyboard.press('Enter');
    await headed('Look into your mail');
    expect(await focused()).toBe('H2');
    await page.goto(`${shop.url}/unlock#${fragmentOf(await mailTo(shop, email, '#confirm='))}`);
    await headed('Confirm your request');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await headed('Denied');
    expect(await focused()).toBe('status-title');
    await tabTo('reason');
    await type('It was a present from the carrier');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await headed('A person is looking at it');
    await picture('wide');
  });

  it('opens a request again by a link sent anew', async () => {
    const email = somebody();
    const { body } = await new Client(shop.url).post('/v1/self-service/unlock-requests', {
      ...{ identifier: newImei(), email, language: 'en' },
    });
    await visit('en-GB');
    await page.goto(`${shop.url}/unlock#${fragmentOf(await mailTo(shop, email, '#confirm='))}`);
    await page.click('text=Yes, it was me');
    await headed('Denied');
    await visit('en-GB');
    await page.goto(`${shop.url}/unlock#number=${String(body['number'])}`);
    await headed('Open your request');
    expect(await page.inputValue('#number')).toBe(body['number']);
    await page.fill('#find-email', email);
    await page.click('text=Send me a link');
    await page.goto(`${shop.url}/unlock#${fragmentOf(await mailTo(shop, email, '#open='))}`);
    await headed('Denied');
    expect(page.url()).toBe(`${shop.url}/unlock#status`);
    await page.goto(`${shop.url}/unlock#confirm=unknown`);
    await page.click('text=Yes, it was me');
    await page.waitForSelector('#alert:not([hidden])');
    expect(await page.innerText('#alert')).toBe('This link or number opens nothing. Have a new link sent.');
  });
});

describe('the files of the page', () => {
  it('are small, come with a strict policy, and are not sent twice', async () => {
    const server = await openShop();
    let bytes = 0;
    for (const name of ['', '/icon.svg', '/unlock.css', '/unlock.js', '/standing.js', '/words.js']) {
      const url = `${server.url}/unlock${name}`;
      const answer = await fetch(url);
      bytes += (await answer.arrayBuffer()).byteLength;
      const again = await fetch(url, { headers: { 'if-none-match': answer.headers.get('etag')! } });
      expect([answer.status, again.status]).toEqual([200, 304]);
      expect(answer.headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
          "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      );
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    }
    expect(bytes).toBeLessThan(36_000);
    await server.close();
  });
});
