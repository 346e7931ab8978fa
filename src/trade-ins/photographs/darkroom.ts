import { Inject, Injectable } from '@nestjs/common';
import { InvalidInput, ReducedCapacity } from '../../platform/problems.js';
import { SETTINGS_TOKEN, type Settings } from '../../platform/settings.js';
import { type PictureHeader, readPictureHeader } from './picture-header.js';
import { Turns } from './turns.js';

/** A photograph as it is kept: always a JPEG, and nothing in it but the picture. */
export interface Developed {
  bytes: Buffer;
  mediaType: 'image/jpeg';
  width: number;
  height: number;
}

/** More pixels than the cameras of handsets have by far, of which the largest need 300 MB while they are worked on. */
export const MOST_PIXELS = 50_000_000;
const MOST_BYTES = 20 * 1024 * 1024;
const QUALITY = 85;
/** Two ordinary pictures are worked on at once, or one large one: the other threads are for everybody else. */
const BENCHES = 2;
const LARGE_PIXELS = 25_000_000;

/**
 * Where photographs are developed: decoded for good and written anew, by which the place where they were taken, comments,
 * thumbnails, and whatever was hidden in or behind them are gone. Off the event loop, few at once.
 */
@Injectable()
export class Darkroom {
  private inside = 0;
  private readonly turns = new Turns(BENCHES);

  constructor(@Inject(SETTINGS_TOKEN) private readonly settings: Settings) {}

  /** Lets a photograph in, from its first byte to its last; what it holds is bounded by that. @throws ReducedCapacity at once when full */
  async inPlace<T>(work: () => Promise<T>): Promise<T> {
    if (this.inside >= this.settings.MAX_PHOTOGRAPHS_IN_FLIGHT) {
      const full = new ReducedCapacity('As many photographs as can be held are on their way; try again shortly.');
      full.retryAfter = 1;
      throw full;
    }
    this.inside++;
    try {
      return await work();
    } finally {
      this.inside--;
    }
  }

  /** @throws InvalidInput for what is no picture, is cut short, moves, or has more pixels than are taken. */
  async develop(raw: Buffer): Promise<Developed> {
    const { width, height } = needPicture(raw);
    const bytes = await this.turns.during(width * height > LARGE_PIXELS ? BENCHES : 1, () => writtenAnew(raw));
    const kept = readPictureHeader(bytes);
    if (!kept || bytes.length > MOST_BYTES) {
      throw notTaken('TOO_DETAILED', 'It would take more than 20 MiB to keep: send a smaller one.');
    }
    return { bytes, mediaType: 'image/jpeg', width: kept.width, height: kept.height };
  }
}

/** @throws InvalidInput */
async function writtenAnew(raw: Buffer): Promise<Buffer> {
  // Loaded with the first photograph: it is large, and most processes never see one.
  const { Transformer } = await import('@napi-rs/image');
  try {
    return await new Transformer(raw).rotate().jpeg(QUALITY);
  } catch {
    throw notTaken('NOT_A_PHOTOGRAPH', 'It begins like a picture and cannot be read as one.');
  }
}

/** Everything that is known before a pixel is decoded. @throws InvalidInput */
function needPicture(raw: Buffer): PictureHeader {
  const header = readPictureHeader(raw);
  if (!header) {
    throw notTaken('NOT_A_PHOTOGRAPH', 'The bytes are no JPEG, PNG or WebP, whatever the content type says.');
  }
  if (header.width * header.height > MOST_PIXELS) {
    throw notTaken('TOO_MANY_PIXELS', `It has ${header.width} x ${header.height} pixels; 50 million are taken.`);
  }
  if (!header.whole) throw notTaken('CUT_SHORT', 'Its end is missing: send it once more.');
  if (header.animated) throw notTaken('NOT_A_PHOTOGRAPH', 'It moves: send a still picture.');
  return header;
}

const notTaken = (code: string, detail: string) =>
  new InvalidInput(detail, {}, [{ in: 'body', pointer: '', code, detail }]);
