/** So much can be done at once; what comes later waits for its turn, in the order of coming. */
export class Turns {
  private free: number;
  private readonly waiting: { weight: number; go: () => void }[] = [];

  constructor(private readonly all: number) {
    this.free = all;
  }

  /** Does the work when so much is free; what weighs more than there is takes all of it. */
  async during<T>(weight: number, work: () => Promise<T>): Promise<T> {
    const taken = Math.min(weight, this.all);
    await new Promise<void>((go) => {
      this.waiting.push({ weight: taken, go });
      this.next();
    });
    try {
      return await work();
    } finally {
      this.free += taken;
      this.next();
    }
  }

  private next(): void {
    for (let first = this.waiting[0]; first && first.weight <= this.free; first = this.waiting[0]) {
      this.waiting.shift();
      this.free -= first.weight;
      first.go();
    }
  }
}
