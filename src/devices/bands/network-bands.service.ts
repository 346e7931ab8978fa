import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAct } from '../../platform/history.js';
import { InvalidInput } from '../../platform/problems.js';
import { idOfCode } from '../../values/id.js';
import type { SetNetworkBandsDto } from './network-bands.dto.js';
import type { NetworkBandsView, NetworkBandView } from './network-bands.view.js';

/** The bands of our network, against which a handset from elsewhere is held. */
@Injectable()
export class NetworkBands {
  constructor(
    private readonly acts: Acts,
    private readonly db: DataSource,
  ) {}

  async list(): Promise<NetworkBandsView> {
    return { items: await readBands(this.db) };
  }

  /** Puts this list in the place of the one before. @throws InvalidInput for a band named twice */
  set(call: Call, { bands }: SetNetworkBandsDto): Promise<NetworkBandsView> {
    needOnce(bands.map(({ band }) => band));
    return this.acts.once(call, async (tx) => {
      // Those who set the list come one after the other; whoever reads it meanwhile has the one before.
      await tx.query('lock table network_band in share row exclusive mode');
      const before = await readBands(tx);
      await tx.query('delete from network_band');
      await tx.query(
        `insert into network_band (band, carries, note, place)
         select band, carries, note, place::smallint
         from unnest($1::text[], $2::text[], $3::text[]) with ordinality as given (band, carries, note, place)`,
        [bands.map(({ band }) => band), bands.map(({ carries }) => carries), bands.map(({ note }) => note ?? null)],
      );
      const items = await readBands(tx);
      await recordAct(tx, call, {
        ...{ subjectKind: 'network', subjectId: idOfCode('network', 'bands'), act: 'setBands' },
        details: { before, after: items },
      });
      return { items };
    });
  }
}

/** The bands of our network, as they are listed. */
export const readBands = (db: Pick<EntityManager, 'query'>): Promise<NetworkBandView[]> =>
  db.query('select band, carries, note from network_band order by place');

function needOnce(names: readonly string[]): void {
  const at = names.findIndex((name, place) => names.indexOf(name) !== place);
  if (at < 0) return;
  const detail = `${names[at]} is named twice.`;
  throw new InvalidInput(detail, {}, [{ in: 'body', pointer: `/bands/${at}/band`, code: 'NAMED_TWICE', detail }]);
}

/** Hardware that a handset may be: several variants of a model share a TAC, and differ in their bands. */
export interface HardwareBands {
  makerCode: string;
  /** How sure it is that the handset is one of these, 1 to 100. */
  confidence: number;
  bands: string[];
}

const BESIDE = `
  with maybe as (
    select variant_id, confidence from tac_claim where tac = $2 and $1::uuid is null
    union all select $1::uuid, 100 where $1 is not null
  ), hardware as (
    select v.maker_code, max(m.confidence) as confidence, (array_agg(to_jsonb(v.bands) order by cardinality(v.bands) desc))[1] as bands
    from maybe m join device_variant v on v.id = m.variant_id group by v.maker_code
  )
  select (select coalesce(jsonb_agg(jsonb_build_object('band', band, 'carries', carries, 'note', note)
                                    order by place), '[]') from network_band) as own,
         (select coalesce(jsonb_agg(jsonb_build_object('makerCode', maker_code, 'confidence', confidence, 'bands', bands)
                                    order by confidence desc, maker_code), '[]')
          from (select * from hardware order by confidence desc, maker_code limit 20) likeliest) as hardware`;

/** Our bands, and those of the hardware that a handset is or may be; the variant is known when it is in our books. */
export async function bandsBeside(
  db: Pick<EntityManager, 'query'>,
  { variantId, tac }: { variantId: string | null; tac: string },
): Promise<{ own: NetworkBandView[]; hardware: HardwareBands[] }> {
  const [beside]: [{ own: NetworkBandView[]; hardware: HardwareBands[] }] = await db.query(BESIDE, [variantId, tac]);
  return beside;
}
