import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TacLookup, type TacCandidate } from '../../devices/tacs/tac-lookup.query.js';
import { InvalidInput } from '../../platform/problems.js';
import { type HandsetRecord, HandsetRecords } from '../../stock/units/handset-records.js';
import { readIdentifier } from '../../stock/units/unit-finder.js';
import { tacOf } from '../../values/check-digits.js';

/** The hardware of a handset that somebody wants to hand in. */
export interface Hardware {
  variantId: string;
  modelId: string;
  brand: string;
  model: string;
  storageGb: number;
  colour: string;
}

/** A handset that somebody wants to hand in, and what we know of it. */
export interface OfferedHandset {
  imei14: string;
  record: HandsetRecord;
  /** Which hardware it is, or the ones it may be. */
  hardware: Hardware | null;
  candidates: readonly Hardware[];
}

const HARDWARE = `
  select v.id as "variantId", v.model_id as "modelId", b.name as brand, m.name as model, v.storage_gb as "storageGb", v.colour
  from device_variant v join device_model m on m.id = v.model_id join brand b on b.id = m.brand_id
  where v.id = $1`;

const faulty = (pointer: string, code: string, detail: string) =>
  new InvalidInput(detail, {}, [{ in: 'body', pointer, code, detail }]);

/** Tells which handset an IMEI and, where the IMEI does not say enough, its owner mean. */
@Injectable()
export class OfferedHandsets {
  constructor(
    private readonly db: DataSource,
    private readonly records: HandsetRecords,
    private readonly tacs: TacLookup,
  ) {}

  /** @throws InvalidInput for a text that is no IMEI, unknown hardware, or a model that the IMEI is not of */
  async find(identifier: string, variantId?: string): Promise<OfferedHandset> {
    return this.ofImei(imeiOf(identifier), variantId);
  }

  /** @throws InvalidInput */
  async ofImei(imei14: string, variantId?: string): Promise<OfferedHandset> {
    const [[found], listed] = await Promise.all([
      this.records.recordsOf([imei14]),
      this.tacs.candidates(tacOf(imei14)),
    ]);
    const candidates = listed.map(hardwareOf);
    const record = underItsFirst(found!);
    const known = { imei14: record.imei14, record, candidates };
    if (record.unitId !== null) return { ...known, hardware: await this.hardware(record.variantId!) };
    if (variantId !== undefined) {
      return { ...known, hardware: needSameModel(await this.hardware(variantId), candidates) };
    }
    const [first, ...others] = candidates;
    const sure = first && others.every((one) => one.modelId === first.modelId && one.storageGb === first.storageGb);
    return { ...known, hardware: sure ? first : null };
  }

  private async hardware(variantId: string): Promise<Hardware> {
    const [found]: Hardware[] = await this.db.query(HARDWARE, [variantId]);
    if (!found) throw faulty('/variantId', 'UNKNOWN_VARIANT', 'The catalogue has no such hardware.');
    return found;
  }
}

/** A handset goes by its first IMEI, whichever of them was typed: so that it is handed in once. */
function underItsFirst({ imei14, deviceImei14, otherImei14s, ...record }: HandsetRecord): HandsetRecord {
  const others = [imei14, ...otherImei14s].filter((one) => one !== deviceImei14);
  return { ...record, imei14: deviceImei14, deviceImei14, otherImei14s: others };
}

/** @throws InvalidInput */
export function imeiOf(identifier: string, pointer = '/identifier'): string {
  const { kind, value } = readIdentifier(identifier, pointer);
  if (kind === 'IMEI') return value;
  throw faulty(pointer, 'NOT_AN_IMEI', 'Handsets are taken in by their IMEI: dial *#06# to see it.');
}

const hardwareOf = ({ variantId, modelId, brand, model, storageGb, colour }: TacCandidate): Hardware => ({
  ...{ variantId, modelId, brand, model },
  ...{ storageGb, colour },
});

/** The lists are advice: another storage or colour than they say may be, another model is a slip or worse. */
function needSameModel(said: Hardware, candidates: readonly Hardware[]): Hardware {
  if (!candidates.length || candidates.some(({ modelId }) => modelId === said.modelId)) return said;
  throw faulty('/variantId', 'MODEL_DIFFERS', 'The IMEI is of another model.');
}

/** @throws InvalidInput when the IMEI alone does not say which hardware it is */
export function needHardware({ hardware, candidates }: OfferedHandset): Hardware {
  if (hardware) return hardware;
  const detail = candidates.length
    ? 'The IMEI may be of several kinds of hardware: name the one it is.'
    : 'No list knows this IMEI: name the hardware.';
  throw faulty('/variantId', 'MISSING', detail);
}
