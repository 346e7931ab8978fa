import type { Client } from '../support/client.js';

/** A PNG of two pixels by two. */
export const TINY_PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAD0lEQVR4nGNoAAMGBzAAACTOBIHVUVYVAAAAAElFTkSuQmCC',
  'base64',
);

/** A photograph of a trade-in that is under way. @returns its id */
export async function photographed(client: Client, tradeInId: string): Promise<string> {
  const { status, body, text } = await client.send<{ id: string }>('POST', `/v1/trade-ins/${tradeInId}/photographs`, {
    ...{ raw: TINY_PICTURE, headers: { 'content-type': 'image/png' } },
  });
  if (status !== 201) throw new Error(`The world cannot be made: ${text}`);
  return body.id;
}
