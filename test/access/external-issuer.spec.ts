import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../support/server.js';
import { openShop, type Shop } from '../support/shop.js';

/** A production process: `dist/main.js`, which knows its identity provider by address only. */
async function startMain(env: Readonly<Record<string, string>>): Promise<{ url: string; child: ChildProcess }> {
  const port = await freePort();
  const child = spawn(process.execPath, [path.resolve(__dirname, '../../dist/main.js')], {
    env: { PATH: process.env['PATH'], PORT: String(port), ...env },
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  for (const until = Date.now() + 20_000; Date.now() < until; await pause(50)) {
    const ready = await fetch(`${url}/readyz`).catch(() => undefined);
    if (ready?.ok) return { url, child };
  }
  throw new Error('The process is not ready.');
}

describe('a production process with an identity provider of its own', () => {
  let shop: Shop;
  let main: { url: string; child: ChildProcess };

  beforeAll(async () => {
    shop = await openShop();
    main = await startMain({ DATABASE_URL: shop.database.url, OIDC_ISSUER: `${shop.url}/oidc` });
  });

  afterAll(async () => {
    main.child.kill('SIGTERM');
    await once(main.child, 'exit');
    await shop.close();
  });

  it('takes a token that the provider issued for client credentials', async () => {
    const issued = await fetch(`${shop.url}/oidc/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('back-office:back-office-secret').toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    expect(issued.status).toBe(200);
    const { access_token: token } = (await issued.json()) as { access_token: string };

    const brands = await fetch(`${main.url}/v1/brands`, { headers: { authorization: `Bearer ${token}` } });
    expect(brands.status).toBe(200);
    expect(await brands.json()).toEqual({ items: [], nextCursor: null });
  });

  it('refuses a token of another issuer, though signed with the same key', async () => {
    const token = await shop.token(
      { sub: 'x', role: 'BACK_OFFICE', scope: 'devices:read' },
      { issuer: 'http://else.where' },
    );
    const refused = await fetch(`${main.url}/v1/brands`, { headers: { authorization: `Bearer ${token}` } });
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ code: 'NOT_SIGNED_IN' });
  });

  it('does not serve an issuer itself', async () => {
    expect((await fetch(`${main.url}/oidc/.well-known/openid-configuration`)).status).toBe(404);
  });
});
