import { Transformer } from '@napi-rs/image';
import { crc32, deflateSync } from 'node:zlib';

export interface PictureOptions {
  width?: number;
  height?: number;
  /** Makes one picture another. */
  shade?: number;
}

function pixels({ width = 64, height = 48, shade = 0 }: PictureOptions): Transformer {
  const bytes = Buffer.alloc(width * height * 4, 255);
  for (let at = 0; at < width * height; at++) {
    bytes[at * 4] = (at + shade * 7) & 255;
    bytes[at * 4 + 1] = (shade * 37) & 255;
    bytes[at * 4 + 2] = (at >> 6) & 255;
  }
  return Transformer.fromRgbaPixels(bytes, width, height);
}

export const jpeg = (options: PictureOptions = {}): Promise<Buffer> => pixels(options).jpeg(90);
export const png = (options: PictureOptions = {}): Promise<Buffer> => pixels(options).png();
export const webp = (options: PictureOptions = {}): Promise<Buffer> => pixels(options).webp(90);

function segment(marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

/** An Exif block that turns the picture by a quarter, and says where it was taken. */
function exif(where: string): Buffer {
  const tiff = Buffer.alloc(38 + where.length + 1);
  tiff.write('II*\0', 0, 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(2, 8);
  // Orientation: 6, turned to the right. Then a description that lies behind the directory.
  tiff.writeUInt16LE(0x0112, 22);
  tiff.writeUInt16LE(3, 24);
  tiff.writeUInt32LE(1, 26);
  tiff.writeUInt16LE(6, 30);
  tiff.writeUInt16LE(0x010e, 10);
  tiff.writeUInt16LE(2, 12);
  tiff.writeUInt32LE(where.length + 1, 14);
  tiff.writeUInt32LE(38, 18);
  tiff.write(where, 38, 'latin1');
  return Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
}

/** A JPEG as a handset makes it: where and what with, a comment, and another file behind its end. */
export async function telltale(words: { where: string; comment: string; behind: string }): Promise<Buffer> {
  const plain = await jpeg({ width: 64, height: 32 });
  return Buffer.concat([
    ...[plain.subarray(0, 2), segment(0xe1, exif(words.where)), segment(0xfe, Buffer.from(words.comment))],
    ...[plain.subarray(2), Buffer.from(`PK\x03\x04${words.behind}`)],
  ]);
}

function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A PNG of a few bytes that says it has so many pixels. */
export function hugePng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    ...[Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header)],
    ...[chunk('IDAT', deflateSync(Buffer.alloc(1_000_000))), chunk('IEND', Buffer.alloc(0))],
  ]);
}
