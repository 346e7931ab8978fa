import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { imeiAt } from '../../platform/http/imei-field.js';
import { stale } from '../../platform/lifecycle.js';
import type { Fault } from '../../platform/problem.js';
import { InvalidInput } from '../../platform/problems.js';
import { imeiOf15 } from '../../values/check-digits.js';
import { newId } from '../../values/id.js';
import { type Billing, BILLING, type BillingFacts } from '../billing-facts.js';
import { DEVICE_FACTS } from '../billing/table-billing.js';
import type { FinancingDto, FindDeviceRecordDto, RecordDeviceDto } from './device-record.dto.js';
import type { DeviceRecordView } from './device-record.view.js';

type Facts = Omit<RecordDeviceDto, 'identifier' | 'reason'>;
type Stored = Omit<DeviceRecordView, 'imei'>;

/** What billing knows of devices: asked for, and corrected one by one. */
@Injectable()
export class DeviceRecords {
  constructor(
    private readonly acts: Acts,
    @Inject(BILLING) private readonly billing: Billing,
  ) {}

  /** @throws InvalidInput */
  async find({ identifier, lineId }: FindDeviceRecordDto): Promise<BillingFacts> {
    const imei14 = imeiAt(identifier, '/identifier');
    const [facts] = await this.billing.factsOf([{ imei14, ...(lineId === undefined ? {} : { lineId }) }]);
    return facts!;
  }

  /** Creates the record of a device or corrects the facts that are given. @throws InvalidInput, NotFound, Stale */
  record(call: Call, { identifier, reason, ...facts }: RecordDeviceDto): Promise<DeviceRecordView> {
    const imei14 = imeiAt(identifier, '/identifier');
    checkFinancing(facts.financing);
    return this.acts.once(call, async (tx) => {
      const was = await lockedRecord(tx, imei14);
      if (call.ifMatch !== undefined && call.ifMatch !== was.version) throw stale(was.version);
      await tx.query(CORRECT, [imei14, JSON.stringify(columnsOf(facts))]);
      const now = await readRecord(tx, imei14);
      await tell(tx, call, { was, now, given: Object.keys(facts), reason });
      return { ...now, imei: imeiOf15(imei14) };
    });
  }
}

function checkFinancing(financing: FinancingDto | null | undefined): void {
  if (!financing) return;
  const fault = (field: string, code: string, detail: string): Fault => ({
    ...{ in: 'body', pointer: `/financing/${field}`, code, detail },
  });
  const { balanceMinor, paidOffAt, payoffChannel, billClosesOn, paidOffEarly } = financing;
  const faults = [
    ...(paidOffAt && balanceMinor > 0
      ? [fault('paidOffAt', 'NOT_PAID_OFF', 'What is still owed has not been paid off.')]
      : []),
    ...Object.entries({ payoffChannel, billClosesOn, paidOffEarly })
      .filter(([, value]) => value && !paidOffAt)
      .map(([field]) => fault(field, 'NOT_EXPECTED', 'Only of what was paid off: give paidOffAt too.')),
  ];
  if (faults.length) throw new InvalidInput('The financing does not fit together; see errors.', {}, faults);
}

/** The record as it stands, locked; one that was not there begins at version 0. */
async function lockedRecord(tx: EntityManager, imei14: string): Promise<Stored> {
  await tx.query('insert into device_record (imei14, id, version) values ($1, $2, 0) on conflict do nothing', [
    imei14,
    newId(),
  ]);
  await tx.query('select from device_record where imei14 = $1 for no key update', [imei14]);
  return readRecord(tx, imei14);
}

async function readRecord(tx: EntityManager, imei14: string): Promise<Stored> {
  const [row]: { view: Stored }[] = await tx.query(ONE_RECORD, [imei14]);
  return row!.view;
}

const ONE_RECORD = `
  select jsonb_build_object('id', d.id, 'accountId', d.account_id, ${DEVICE_FACTS}, 'version', d.version) as view
  from device_record d where d.imei14 = $1`;

const CORRECT = `
  update device_record d set account_id = n.account_id, sold_by_us = n.sold_by_us, brand = n.brand,
    segment = n.segment, jurisdiction = n.jurisdiction, purchased_on = n.purchased_on, activated_on = n.activated_on,
    fraud_flag = n.fraud_flag, balance_minor = n.balance_minor, currency = n.currency, paid_off_at = n.paid_off_at,
    payoff_channel = n.payoff_channel, paid_off_early = n.paid_off_early, bill_closes_on = n.bill_closes_on,
    contract_ends_on = n.contract_ends_on, upgraded_on = n.upgraded_on, version = d.version + 1
  from device_record old, jsonb_populate_record(old, $2::jsonb) n where d.imei14 = $1 and old.imei14 = $1`;

/** Fields by the names of their columns; those left out are not in it. */
function columnsOf({ accountId, soldByUs, purchasedOn, activatedOn, fraudFlag, ...more }: Facts): object {
  const { financing, contractEndsOn, upgradedOn, brand, segment, jurisdiction } = more;
  return {
    ...{ account_id: accountId, sold_by_us: soldByUs, brand, segment, jurisdiction, purchased_on: purchasedOn },
    ...{ activated_on: activatedOn, fraud_flag: fraudFlag, contract_ends_on: contractEndsOn, upgraded_on: upgradedOn },
    ...(financing === undefined ? {} : financingColumns(financing)),
  };
}

const financingColumns = (financing: FinancingDto | null): object => ({
  balance_minor: financing?.balanceMinor ?? null,
  currency: financing?.currency ?? null,
  paid_off_at: financing?.paidOffAt ?? null,
  payoff_channel: financing?.payoffChannel ?? null,
  paid_off_early: financing?.paidOffEarly ?? false,
  bill_closes_on: financing?.billClosesOn ?? null,
});

interface Correction {
  was: Stored;
  now: Stored;
  given: readonly string[];
  reason: string | undefined;
}

/** An unlock is decided on these facts, so every hand laid on them stands in the chain. */
async function tell(tx: EntityManager, call: Call, { was, now, given, reason }: Correction): Promise<void> {
  const only = (of: Stored) => Object.fromEntries(given.map((field) => [field, of[field as keyof Stored]]));
  const about = { subjectKind: 'device-record', subjectId: now.id };
  await publish(tx, call, {
    ...{ type: 'device-record.corrected', aggregateKind: 'device-record', aggregateId: now.id },
    payload: { accountId: now.accountId, fields: given },
  });
  await recordAudited(tx, call, { ...about, act: 'record', reason, details: { before: only(was), after: only(now) } });
}
