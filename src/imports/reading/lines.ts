/** One line of the file as it lies there; `text` is undefined for a line too long to be looked at. */
export interface FileLine {
  number: number;
  text: string | undefined;
}

/** Longer than any honest line: one without an end must not fill the memory. */
export const LONGEST_LINE = 65_536;

/** Cuts the file into its lines, LF or CR LF, with numbers as an editor shows them. */
export class Lines {
  private readonly decoder = new TextDecoder('utf-8');
  private rest = '';
  private number = 0;
  private tooLong = false;

  /** The lines that end in this piece of the file. */
  *in(piece: Uint8Array): Generator<FileLine> {
    const text = this.rest + this.decoder.decode(piece, { stream: true });
    let from = 0;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
      yield this.line(text, from, at);
      from = at + 1;
    }
    this.rest = text.slice(from);
    if (this.rest.length <= LONGEST_LINE) return;
    this.tooLong = true;
    this.rest = '';
  }

  /** The last line, when the file does not end with a line break. */
  *end(): Generator<FileLine> {
    const text = this.rest + this.decoder.decode();
    if (text !== '' || this.tooLong) yield this.line(text, 0, text.length);
    this.rest = '';
  }

  private line(text: string, from: number, end: number): FileLine {
    const tooLong = this.tooLong || end - from > LONGEST_LINE;
    this.tooLong = false;
    const until = end > from && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
    return { number: ++this.number, text: tooLong ? undefined : text.slice(from, until) };
  }
}
