const SMALLEST = 1 << 12;

/** Which line first had a number: two flat arrays, since a million objects would not fit beside the work. */
class FirstLines {
  private keys = new Float64Array(SMALLEST).fill(-1);
  private lines = new Int32Array(SMALLEST);
  private used = 0;

  /** The line that has the key already; otherwise `line` has it from now on. */
  claim(key: number, line: number): number | undefined {
    const at = this.place(key);
    if (this.keys[at] === key) return this.lines[at];
    this.keys[at] = key;
    this.lines[at] = line;
    if (++this.used * 2 > this.keys.length) this.grow();
    return undefined;
  }

  private place(key: number): number {
    const mask = this.keys.length - 1;
    const low = key % 0x1_0000_0000;
    let at = (Math.imul(low ^ (key / 0x1_0000_0000), 0x9e37_79b1) >>> 7) & mask;
    while (this.keys[at] !== -1 && this.keys[at] !== key) at = (at + 1) & mask;
    return at;
  }

  private grow(): void {
    const { keys, lines } = this;
    this.keys = new Float64Array(keys.length * 2).fill(-1);
    this.lines = new Int32Array(lines.length * 2);
    keys.forEach((key, from) => {
      if (key === -1) return;
      const at = this.place(key);
      this.keys[at] = key;
      this.lines[at] = lines[from]!;
    });
  }
}

/** What the lines of one file have said so far, for finding lines that repeat or contradict an earlier one. */
export class FileMemory {
  private readonly numbers = new Map<string, FirstLines>();
  private readonly texts = new Map<string, Map<string, { line: number; says: string }>>();

  /**
   * The earlier line with the same key; when there is none, this line has it from now on.
   * Keys that are whole numbers cost a sixth of the memory.
   */
  earlierLine(space: string, key: string | number, line: number): number | undefined {
    if (typeof key === 'string') return this.earlier(space, key, line, '')?.line;
    let known = this.numbers.get(space);
    if (!known) this.numbers.set(space, (known = new FirstLines()));
    return known.claim(key, line);
  }

  /** What the first line with the key said of it, and which line that was; undefined when it is this one. */
  earlier(space: string, key: string, line: number, says: string): { line: number; says: string } | undefined {
    let known = this.texts.get(space);
    if (!known) this.texts.set(space, (known = new Map()));
    const first = known.get(key);
    if (!first) known.set(key, { line, says });
    return first;
  }
}
