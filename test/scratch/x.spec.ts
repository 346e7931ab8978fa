import { openWorld } from '../contract/world.js';
it('x', async () => {
  const w = await openWorld();
  const r = await fetch(`${w.shop.url}/v1/catalogue/facets?locationId=${w.known['locationId']![0]}`, { headers: { authorization: `Bearer ${w.tokens.own}` } });
  console.log(r.status, await r.text());
  await new Promise((d) => setTimeout(d, 800));
  console.log(w.shop.server.output().split('\n').filter((l) => l.includes('unexpected')).join('\n'));
  await w.close();
});
