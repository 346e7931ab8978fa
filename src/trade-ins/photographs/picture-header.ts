/** What a picture says of itself before it is decoded: reading it costs next to nothing, whatever it claims. */
export interface PictureHeader {
  type: PictureType;
  width: number;
  height: number;
  /** Whether it goes on to its end. */
  whole: boolean;
  /** Whether it moves. */
  animated: boolean;
}

export const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const;
export type PictureType = (typeof PICTURE_TYPES)[number];

/** The type goes by the bytes, never by what they are said to be. Undefined for what is no picture, or says no size. */
export function readPictureHeader(bytes: Buffer): PictureHeader | undefined {
  const header = jpegHeader(bytes) ?? pngHeader(bytes) ?? webpHeader(bytes);
  return header && header.width > 0 && header.height > 0 ? header : undefined;
}

const NO_FRAMES: readonly number[] = [0xc4, 0xc8, 0xcc];
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.includes(marker);
const isBare = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
const [START, END, SCAN] = [0xd8, 0xd9, 0xda];

/** Walks a JPEG from marker to marker, as ITU T.81 annex B has them. One with two frames is none. */
function jpegHeader(bytes: Buffer): PictureHeader | undefined {
  if (bytes.length < 4 || bytes[0] !== 0xff || bytes[1] !== START || bytes[2] !== 0xff) return undefined;
  const found: PictureHeader = { type: 'image/jpeg', width: 0, height: 0, whole: false, animated: false };
  for (let at = 2; at + 4 <= bytes.length + 2;) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1];
    if (marker === END) return { ...found, whole: true };
    if (marker === undefined || at + 4 > bytes.length) return found;
    if (marker === 0xff) at += 1;
    else if (isBare(marker)) at += 2;
    else {
      if (isFrame(marker)) {
        if (found.width || at + 9 > bytes.length) return undefined;
        found.height = bytes.readUInt16BE(at + 5);
        found.width = bytes.readUInt16BE(at + 7);
      }
      at += 2 + bytes.readUInt16BE(at + 2);
      if (marker === SCAN) at = endOfScan(bytes, at);
    }
  }
  return found;
}

/** Where the next marker after a scan stands: 0xff within it is followed by zero, or restarts it. */
function endOfScan(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0 && at + 1 < bytes.length) {
    const next = bytes[at + 1]!;
    if (next !== 0 && !isBare(next) && next !== 0xff) return at;
    at = bytes.indexOf(0xff, at + (next === 0xff ? 1 : 2));
  }
  return bytes.length;
}

const PNG = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

function pngHeader(bytes: Buffer): PictureHeader | undefined {
  const isPng = bytes.length >= 33 && bytes.subarray(0, 8).equals(PNG) && bytes.toString('latin1', 12, 16) === 'IHDR';
  if (!isPng) return undefined;
  const found = { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  const chunks = [
    ...chunksOf(bytes, 8, (at) => [bytes.readUInt32BE(at), bytes.toString('latin1', at + 4, at + 8), 12]),
  ];
  const isWhole = chunks.some(({ name, whole }) => name === 'IEND' && whole);
  return { ...found, type: 'image/png', whole: isWhole, animated: chunks.some(({ name }) => name === 'acTL') };
}

interface Chunk {
  name: string;
  at: number;
  length: number;
  whole: boolean;
}

/** The chunks, the last of which may be cut short; each begins with its length and name in some order. */
function* chunksOf(
  bytes: Buffer,
  from: number,
  read: (at: number) => [length: number, name: string, frame: number],
): Generator<Chunk> {
  for (let at = from; at + 8 <= bytes.length;) {
    const [length, name, frame] = read(at);
    const next = at + frame + length;
    const whole = next <= bytes.length;
    yield { name, at: at + 8, length, whole };
    if (!whole || name === 'IEND') return;
    at = next;
  }
}

const ANIMATION = 0x02;

function webpHeader(bytes: Buffer): PictureHeader | undefined {
  const isWebp = bytes.length >= 30 && bytes.toString('latin1', 0, 4) === 'RIFF';
  if (!isWebp || bytes.toString('latin1', 8, 12) !== 'WEBP') return undefined;
  const end = bytes.readUInt32LE(4) + 8;
  const whole = end <= bytes.length;
  const inside = bytes.subarray(0, Math.min(end, bytes.length));
  const found: PictureHeader = { type: 'image/webp', width: 0, height: 0, whole, animated: false };
  const chunks = chunksOf(inside, 12, (at) => {
    const length = inside.readUInt32LE(at + 4);
    return [length + (length % 2), inside.toString('latin1', at, at + 4), 8];
  });
  for (const { name, at } of chunks) {
    const [width, height] = webpSize(inside, name, at) ?? [0, 0];
    found.width = Math.max(found.width, width);
    found.height = Math.max(found.height, height);
    if (name === 'ANIM' || (name === 'VP8X' && (inside[at]! & ANIMATION) !== 0)) found.animated = true;
  }
  return found;
}

/** The canvas and each picture on it may claim a size of its own; the largest counts. */
function webpSize(bytes: Buffer, name: string, at: number): [number, number] | undefined {
  const there = bytes.length - at;
  if (name === 'VP8X' && there >= 10) return [bytes.readUIntLE(at + 4, 3) + 1, bytes.readUIntLE(at + 7, 3) + 1];
  if (name === 'VP8 ' && there >= 10) {
    return [bytes.readUInt16LE(at + 6) & 0x3fff, bytes.readUInt16LE(at + 8) & 0x3fff];
  }
  if (name !== 'VP8L' || there < 5) return undefined;
  const bits = bytes.readUInt32LE(at + 1);
  return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
}
