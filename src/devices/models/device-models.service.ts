import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAct } from '../../platform/history.js';
import { InvalidInput } from '../../platform/problems.js';
import { newId } from '../../values/id.js';
import type {
  AddDeviceVariantDto,
  ChangeDeviceModelDto,
  CreateDeviceModelDto,
  EndLicenceDto,
} from './device-model.dto.js';
import type { ModelAct } from './device-model.lifecycle.js';
import type { DeviceModelDetailView } from './device-model.view.js';
import { readModel } from './device-models.query.js';
import { changeModel, moveModel } from './model-changes.js';
import { refreshSearch } from './refresh-search.js';
import { nameKey, searchWords } from './search-words.js';

/** The acts on brands, device models and their hardware. */
@Injectable()
export class DeviceModels {
  constructor(private readonly acts: Acts) {}

  /** @throws DeviceModelExists */
  create(call: Call, { brand, name, aliases = [], lifecycle, announcedOn = null }: CreateDeviceModelDto) {
    return this.acts.once(call, async (tx) => {
      const id = newId();
      const known = await knownBrand(tx, brand);
      const words = searchWords({ brand: known.name, name, aliases, makerCodes: [] });
      await tx.query(
        `insert into device_model (id, brand_id, name, key, aliases, lifecycle, announced_on, search_text, search_compact)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [id, known.id, name, nameKey(name), aliases, lifecycle, announcedOn, words.text, words.compact],
      );
      return told(tx, call, id, { act: 'create', to: lifecycle, details: { brand: known.name, name } });
    });
  }

  /** @throws NotFound, Stale, DeviceModelExists, InvalidInput when nothing is to be changed */
  change(call: Call, id: string, facts: ChangeDeviceModelDto): Promise<DeviceModelDetailView> {
    if (!Object.values(facts).some((fact) => fact !== undefined)) throw nothingToChange();
    return this.acts.once(call, async (tx) => {
      const { name, aliases, announcedOn } = facts;
      const { before } = await changeModel(tx, call, id, {
        ...(name === undefined ? {} : { name, key: nameKey(name) }),
        ...(aliases === undefined ? {} : { aliases }),
        ...(announcedOn === undefined ? {} : { announced_on: announcedOn }),
      });
      await refreshSearch(tx, [id]);
      return told(tx, call, id, { act: 'change', details: { before, after: facts } });
    });
  }

  /** Moves a model along its life. @throws NotFound, Stale, WrongState */
  move(call: Call, id: string, act: ModelAct, reason?: string): Promise<DeviceModelDetailView> {
    return this.acts.once(call, async (tx) => {
      const { from, to } = await moveModel(tx, call, id, act);
      return told(tx, call, id, { act, from, to, reason });
    });
  }

  /** Notes the last day of the maker's licence, or corrects it. @throws NotFound, Stale */
  endLicence(call: Call, id: string, { endsOn, rule, reason }: EndLicenceDto): Promise<DeviceModelDetailView> {
    return this.acts.once(call, async (tx) => {
      const { before } = await changeModel(tx, call, id, { licence_ends_on: endsOn, licence_rule: rule });
      return told(tx, call, id, { act: 'endLicence', reason, details: { before, after: { endsOn, rule } } });
    });
  }

  /** @throws NotFound, Stale, DeviceVariantExists */
  addVariant(call: Call, id: string, { makerCode, storageGb, colour, bands = [] }: AddDeviceVariantDto) {
    return this.acts.once(call, async (tx) => {
      await changeModel(tx, call, id, {});
      const variantId = newId();
      await tx.query(
        `insert into device_variant (id, model_id, maker_code, storage_gb, colour, bands) values ($1, $2, $3, $4, $5, $6)`,
        [variantId, id, makerCode, storageGb, colour, bands],
      );
      await refreshSearch(tx, [id]);
      return told(tx, call, id, { act: 'addVariant', details: { variantId, makerCode, storageGb, colour } });
    });
  }
}

interface Tale {
  act: ModelAct | 'create' | 'change' | 'endLicence' | 'addVariant';
  from?: string;
  to?: string;
  reason?: string;
  details?: Readonly<Record<string, unknown>>;
}

/** History, outbox and what the client sees: the end of every act on a model. */
async function told(tx: EntityManager, call: Call, id: string, tale: Tale): Promise<DeviceModelDetailView> {
  await recordAct(tx, call, { subjectKind: 'device_model', subjectId: id, ...tale });
  const view = await readModel(tx, id);
  await publish(tx, call, {
    type: `device-model.${tale.act}`,
    aggregateKind: 'device_model',
    aggregateId: id,
    payload: { version: view.version, lifecycle: view.lifecycle, ...tale.details },
  });
  return view;
}

/** The brand of this name, made when it is new; the spelling that was there first stays. */
async function knownBrand(tx: EntityManager, name: string): Promise<{ id: string; name: string }> {
  const key = nameKey(name);
  await tx.query('insert into brand (id, name, key) values ($1, $2, $3) on conflict (key) do nothing', [
    newId(),
    name,
    key,
  ]);
  const [brand]: { id: string; name: string }[] = await tx.query('select id, name from brand where key = $1', [key]);
  return brand!;
}

function nothingToChange(): InvalidInput {
  const detail = 'Name at least one fact to change.';
  return new InvalidInput(detail, {}, [{ in: 'body', pointer: '', code: 'NOTHING_TO_CHANGE', detail }]);
}
