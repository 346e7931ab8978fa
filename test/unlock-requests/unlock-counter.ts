import { Insistent, type Told } from '../support/insistent.js';
import { BACK_OFFICE, type Claims, provedNow } from '../support/tokens.js';
import type { Request } from './desk.js';

/** What becomes of a handset: its code works, only its second one does, people have to decide, or two ask for it. */
export type Story = 'PLAIN' | 'SECOND_CODE' | 'REVIEW' | 'RIVALS';

export interface Handset {
  imei14: string;
  imei: string;
  story: Story;
  codes: Readonly<Record<string, string>>;
}

interface Shown {
  codeType: string;
  code: string;
}

type Signer = (claims: Claims) => Promise<string>;

const OFFICE = { ...BACK_OFFICE, sub: 'office-1' };
const SECOND = { ...BACK_OFFICE, sub: 'office-2' };

/** Where handsets are unlocked one after the other, whatever happens to the servers. */
export class UnlockCounter {
  customers = 0;
  closed = false;
  private readonly caller: Insistent;
  private revealed = 0;
  private readonly unexpected: Record<string, number> = {};

  constructor(
    urls: readonly string[],
    private readonly sign: Signer,
  ) {
    this.caller = new Insistent(urls);
  }

  close(): void {
    this.closed = true;
  }

  tally() {
    const { customers, revealed, unexpected } = this;
    const { resent, replayed } = this.caller;
    return { customers, resent, replayed, revealed, unexpected };
  }

  /** So many clerks take handset after handset, until there is none or the counter is closed. */
  async serve(handsets: readonly Handset[], clerks: number): Promise<void> {
    let next = 0;
    const clerk = async () => {
      while (!this.closed && next < handsets.length) {
        await this.story(handsets[next++]!);
        this.customers++;
      }
    };
    await Promise.all(Array.from({ length: clerks }, clerk));
    this.close();
  }

  private async story(handset: Handset): Promise<void> {
    const id = handset.story === 'RIVALS' ? await this.askTwice(handset) : await this.ask(handset);
    if (!id) return;
    if (handset.story === 'REVIEW') await this.approve(id);
    await this.reveal(id, handset, 'MEP2');
    if (handset.story === 'SECOND_CODE') {
      await this.report(id, 'FAILED', 'ACTION_REQUIRED');
      await this.reveal(id, handset, 'MEP4');
    }
    this.want('shown once more', await this.show(id), 409, 'CODE_SHOWN');
    await this.report(id, 'WORKED', 'COMPLETED');
  }

  private async ask(handset: Handset): Promise<string | undefined> {
    const asked = await this.requestFor(handset);
    const wanted = handset.story === 'REVIEW' ? 'UNDER_REVIEW' : 'ACTION_REQUIRED';
    if (this.want('asked', asked, 201) && asked.body.status === wanted) return asked.body.id;
    this.note(`asked: ${asked.body.status}`);
    return undefined;
  }

  /** Two ask at the same moment: one is taken, the other told so. */
  private async askTwice(handset: Handset): Promise<string | undefined> {
    const both = await Promise.all([this.requestFor(handset), this.requestFor(handset)]);
    const [taken, refused] = both.sort((a, b) => a.status - b.status);
    this.want('second to ask', refused!, 409, 'DUPLICATE_UNLOCK_REQUEST');
    return this.want('first to ask', taken!, 201) ? taken!.body.id : undefined;
  }

  private async approve(id: string): Promise<void> {
    const reason = 'Billing confirms it by phone';
    this.want('proposed', await this.act(id, 'propose-approval', { reason }), 200);
    const approved = await this.act(id, 'approve', { reason }, SECOND);
    if (this.want('approved', approved, 200) && approved.body.status !== 'ACTION_REQUIRED') {
      this.note(`approved: ${approved.body.status}`);
    }
  }

  private async reveal(id: string, { codes }: Handset, type: string): Promise<void> {
    const shown = await this.show(id);
    if (!this.want('shown', shown, 200)) return;
    this.revealed++;
    if (shown.body.codeType !== type || shown.body.code !== codes[type]) this.note(`shown: not the code of ${type}`);
  }

  private async report(id: string, outcome: 'WORKED' | 'FAILED', status: string): Promise<void> {
    const reported = await this.act(id, 'report', { outcome });
    if (this.want('reported', reported, 200) && reported.body.status !== status) {
      this.note(`reported: ${reported.body.status}`);
    }
  }

  private async requestFor({ imei }: Handset): Promise<Told<Request>> {
    return this.caller.post<Request>('/v1/unlock-requests', {
      token: await this.sign(OFFICE),
      body: { identifier: imei },
    });
  }

  private async act(id: string, act: string, body: object, by: Claims = OFFICE): Promise<Told<Request>> {
    return this.caller.post<Request>(`/v1/unlock-requests/${id}/${act}`, { token: await this.sign(by), body });
  }

  private async show(id: string): Promise<Told<Shown>> {
    const token = await this.sign({ ...OFFICE, ...provedNow() });
    return this.caller.post<Shown>(`/v1/unlock-requests/${id}/reveal-code`, { token, body: { purpose: 'Drill' } });
  }

  private want(
    what: string,
    { status: given, body: { code: said } }: Told<object>,
    status: number,
    code?: string,
  ): boolean {
    const asWanted = given === status && (code === undefined || said === code);
    if (!asWanted) this.note(`${what}: ${given} ${given < 400 ? '' : said}`);
    return asWanted;
  }

  private note(what: string): void {
    this.unexpected[what] = (this.unexpected[what] ?? 0) + 1;
  }
}
