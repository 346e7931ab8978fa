import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { publish } from '../../events/outbox.js';
import { Acts } from '../../platform/acts.js';
import type { Call } from '../../platform/caller.js';
import { recordAudited } from '../../platform/history.js';
import { InvalidInput, NotFound } from '../../platform/problems.js';
import { newId } from '../../values/id.js';
import { PaymentReferenceTaken } from '../accounts.errors.js';
import type { RecordLinePaymentDto } from './line-payment.dto.js';
import type { LinePaymentView } from './line-payment.view.js';

/** Payments that billing has not told of by file. They count towards eligibility and move no balance. */
@Injectable()
export class LinePayments {
  constructor(private readonly acts: Acts) {}

  /** Records a payment; the same one under the same reference is recorded once. @throws InvalidInput, NotFound, PaymentReferenceTaken */
  record(call: Call, lineId: string, form: RecordLinePaymentDto): Promise<LinePaymentView> {
    return this.acts.once(call, async (tx) => {
      const { accountId, currency } = await accountOf(tx, lineId);
      if (currency !== form.currency) throw otherCurrency(currency);
      const id = newId();
      const [written]: unknown[] = await tx.query(INSERT, [
        ...[id, accountId, lineId, form.paidOn, form.amountMinor, form.currency, form.kind, form.channel ?? null],
        form.externalReference,
      ]);
      const [payment]: { view: LinePaymentView }[] = await tx.query(ONE_PAYMENT, [form.externalReference]);
      const { view } = payment!;
      if (written) await tell(tx, call, view);
      else if (!same(view, lineId, form)) throw new PaymentReferenceTaken('It differs; a payment is never changed.');
      return view;
    });
  }
}

async function accountOf(tx: EntityManager, lineId: string): Promise<{ accountId: string; currency: string }> {
  const [line]: { accountId: string; currency: string }[] = await tx.query(
    `select b.id as "accountId", b.currency from account_line l join billing_account b on b.id = l.account_id
     where l.id = $1`,
    [lineId],
  );
  if (!line) throw new NotFound('No such line.');
  return line;
}

const otherCurrency = (currency: string) => {
  const detail = `The account is kept in ${currency}.`;
  return new InvalidInput(detail, {}, [{ in: 'body', pointer: '/currency', code: 'OTHER_CURRENCY', detail }]);
};

const INSERT = `
  insert into line_payment (id, account_id, line_id, paid_on, amount_minor, currency, kind, channel, external_reference)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (external_reference) do nothing returning 1`;

const ONE_PAYMENT = `
  select json_build_object('id', p.id, 'accountId', p.account_id, 'lineId', p.line_id, 'kind', p.kind,
    'amountMinor', p.amount_minor, 'currency', p.currency, 'paidOn', p.paid_on, 'channel', p.channel,
    'externalReference', p.external_reference) as view
  from line_payment p where p.external_reference = $1`;

const same = (stored: LinePaymentView, lineId: string, form: RecordLinePaymentDto): boolean =>
  stored.lineId === lineId &&
  stored.kind === form.kind &&
  stored.amountMinor === form.amountMinor &&
  stored.currency === form.currency &&
  stored.paidOn === form.paidOn &&
  stored.channel === (form.channel ?? null);

async function tell(tx: EntityManager, call: Call, { id, ...payment }: LinePaymentView): Promise<void> {
  const { accountId, lineId, kind, amountMinor, currency } = payment;
  await publish(tx, call, {
    ...{ type: 'line-payment.recorded', aggregateKind: 'account', aggregateId: accountId },
    payload: { paymentId: id, lineId, kind, amountMinor, currency },
  });
  await recordAudited(tx, call, { subjectKind: 'line-payment', subjectId: id, act: 'record', details: payment });
}
