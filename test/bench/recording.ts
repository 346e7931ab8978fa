import type pg from 'pg';

/** One statement as the program sent it. */
export interface Heard {
  client: number;
  text: string;
  values: unknown[];
  began: number;
  ended: number;
}

/** A text with places to be filled: every second part is the number of a slot. */
type Filled = readonly (string | number)[];
type Value = { is: unknown } | { filled: Filled } | { bytes: string } | { list: readonly Value[] };

interface Step {
  text: string;
  values: readonly Value[];
  /** Within the transaction rather than on any connection. */
  own: boolean;
  /** Begins it, or ends it. */
  opens: boolean;
  closes: boolean;
}

/** Everything one request sends to the database: what goes out side by side stands in one wave. */
export interface Recording {
  waves: readonly (readonly Step[])[];
  slots: number;
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const NUMBER = /(?:[0-9A-Z]{4}-){4}[0-9A-Z]/g;
/** Slots every recording has: the device, its line and account, and the number of a request. */
const NAMED_SLOTS = 4;

/** Makes of one case a form that every other case fits into: what the case named, and every id made for it, is a slot. */
export function recordingOf(
  heard: readonly Heard[],
  one: { imei14: string; lineId: string; accountId: string },
  constant: readonly string[],
): Recording {
  const slots = new Map([one.imei14, one.lineId, one.accountId].map((text, at) => [text, at]));
  let next = NAMED_SLOTS;
  const slotOf = (found: string): number | undefined => {
    if (constant.includes(found)) return undefined;
    if (found.length === 21) return 3;
    if (!slots.has(found)) slots.set(found, next++);
    return slots.get(found);
  };
  const waves = wavesOf(heard).map((wave) => wave.map((step) => ({ ...step, values: step.values.map(valueOf) })));
  return { waves, slots: next - NAMED_SLOTS };

  function valueOf(given: unknown): Value {
    if (typeof given === 'string') return textOf(given);
    if (Array.isArray(given)) return { list: given.map(valueOf) };
    if (typeof given === 'object' && given !== null && 'base64' in given) return { bytes: String(given.base64) };
    return { is: given };
  }

  function textOf(given: string): Value {
    const parts: (string | number)[] = [];
    let from = 0;
    for (const { 0: found, index } of given.matchAll(
      new RegExp(`${UUID.source}|${NUMBER.source}|${one.imei14}`, 'g'),
    )) {
      const slot = slotOf(found);
      if (slot === undefined) continue;
      parts.push(given.slice(from, index), slot);
      from = index + found.length;
    }
    return parts.length ? { filled: [...parts, given.slice(from)] } : { is: given };
  }
}

/** What began before everything before it had ended was sent side by side with it. */
function wavesOf(heard: readonly Heard[]): (Omit<Step, 'values'> & { values: unknown[] })[][] {
  const waves: (Omit<Step, 'values'> & { values: unknown[] })[][] = [];
  let ended = -1;
  let owner: number | undefined;
  for (const { client, text, values, began, ended: end } of [...heard].sort((a, b) => a.began - b.began)) {
    const opens = /^(START TRANSACTION|BEGIN)/i.test(text);
    if (opens) owner = client;
    const closes = client === owner && /^(COMMIT|ROLLBACK$)/i.test(text);
    const step = { text, values, own: client === owner, opens, closes };
    if (began < ended) waves.at(-1)!.push(step);
    else waves.push([step]);
    if (closes) owner = undefined;
    ended = Math.max(ended, end);
  }
  return waves;
}

function fill(value: Value, slots: readonly string[]): unknown {
  if ('filled' in value) {
    let text = '';
    value.filled.forEach((part) => (text += typeof part === 'number' ? slots[part]! : part));
    return text;
  }
  if ('list' in value) return value.list.map((one) => fill(one, slots));
  return 'bytes' in value ? Buffer.from(value.bytes, 'base64') : value.is;
}

type Client = Pick<pg.ClientBase, 'query'>;

/** Where statements go: any connection, or one kept for a transaction. */
export interface Connections extends Pick<pg.Pool, 'query'> {
  connect(): Promise<Client & { release(): void }>;
}

const names = new Map<string, string>();

const prepared = (text: string, values: unknown[]) => {
  if (!values.length) return { text };
  if (!names.has(text)) names.set(text, `recorded-${names.size}`);
  return { name: names.get(text)!, text, values };
};

/** Sends what was recorded, with other names in it. @returns the rows of every statement */
export async function play(db: Connections, { waves }: Recording, slots: readonly string[]): Promise<unknown[][]> {
  let own: (Client & { release(): void }) | undefined;
  const rows: unknown[][] = [];
  try {
    for (const wave of waves) {
      if (wave.some(({ opens }) => opens)) own = await db.connect();
      const sent = wave.map((step) => {
        const asked = prepared(
          step.text,
          step.values.map((value) => fill(value, slots)),
        );
        return (step.own ? own! : db).query(asked);
      });
      for (const one of sent) rows.push((await one).rows as unknown[]);
      if (wave.some(({ closes }) => closes)) {
        own!.release();
        own = undefined;
      }
    }
    return rows;
  } catch (failed) {
    await own?.query('rollback');
    own?.release();
    throw failed;
  }
}
