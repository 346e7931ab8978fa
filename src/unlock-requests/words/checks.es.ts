import type { Parameters } from '../eligibility/rule.js';
import { amountOf, type CheckTexts, codes } from './check-texts.js';

const some = (count: Parameters[string], thing: string, plural = `${thing}s`): string =>
  `${String(count)} ${Number(count) === 1 ? thing : plural}`;

const span = (days: Parameters[string], months: Parameters[string]): string =>
  months === undefined ? some(days, 'día') : some(months, 'mes', 'meses');

const since =
  (event: string) =>
  ({ min, minMonths, comparison }: Parameters): string =>
    `han pasado ${comparison === 'MORE_THAN' ? 'más de' : 'al menos'} ${span(min, minMonths)} desde ${event}`;

const CLOCK: Readonly<Record<string, string>> = {
  CONSECUTIVE_ACTIVE: 'seguidos',
  CUMULATIVE_ACTIVE: 'en total',
  ACTIVE_ON_REQUESTING_LINE: 'en la línea que lo pide',
};
const WHOSE: Readonly<Record<string, string>> = { LINE: 'la línea', ACCOUNT: 'la cuenta', DEVICE: 'el equipo' };
const CUSTOMERS: Readonly<Record<string, string>> = {
  PRESENT: 'es cliente',
  FORMER: 'fue cliente',
  NEVER: 'nunca fue cliente nuestro',
};

function settled({ hours, days, when, channels }: Parameters): string {
  const payment = when === 'EARLY_PAYOFF' ? 'el pago anticipado de todo el saldo' : 'el pago que cerró el saldo';
  const by = channels === undefined ? '' : ` hecho por ${codes(channels, 'o')}`;
  if (hours !== undefined) return `han pasado ${some(hours, 'hora')} desde ${payment}${by}`;
  if (days !== undefined) return `han pasado ${some(days, 'día')} desde ${payment}${by}`;
  return `se ha cerrado la factura con ${payment}${by}`;
}

export const CHECKS_IN_SPANISH: CheckTexts = {
  CHANNEL: () => 'la solicitud llega por la vía que indican las condiciones',
  SOLD_BY_CARRIER: () => 'el equipo lo vendimos nosotros',
  NOT_BLOCKED: () => 'ningún registro da el equipo por perdido, robado, bloqueado o reclamado por otra persona',
  NO_FRAUD_FLAG: () => 'no hay sospecha de fraude',
  GOOD_STANDING: () => 'la cuenta está al corriente',
  ACCOUNT_ACTIVE: () => 'la cuenta está activa',
  NOT_PAST_DUE: () => 'la cuenta no tiene pagos vencidos',
  PAID_IN_FULL: () => 'el equipo está pagado del todo',
  NO_OPEN_INSTALMENT: () => 'el equipo no tiene un plan de pagos abierto',
  NO_OPEN_INSTALMENT_ANYWHERE: () => 'ningún equipo de la cuenta tiene un plan de pagos abierto',
  CONTRACT_COMPLETE: () => 'el contrato de servicio ha terminado',
  NOT_ACTIVE_ON_OTHER_ACCOUNT: () => 'el equipo no se usa en otra cuenta',
  COMPANY_AUTHORISATION: () => 'si es de una empresa, su persona autorizada está conforme',
  DAYS_SINCE_PURCHASE: since('la compra'),
  DAYS_SINCE_ACTIVATION: since('la primera activación del equipo'),
  CUSTOMER_SINCE: since('la apertura de la cuenta'),
  DAYS_ACTIVE: ({ min, clock }) =>
    `el equipo estuvo en servicio en nuestra red ${some(min, 'día')} ${CLOCK[String(clock)]}`,
  PAID_SERVICE: ({ minDays, minMonths }) =>
    `se pagó el servicio durante ${span(minDays, minMonths)}; los días sin pagar no cuentan`,
  SETTLEMENT_HOLD: settled,
  EARLY_UPGRADE_WAIT: ({ days }) => `han pasado ${some(days, 'día')} desde una renovación anticipada`,
  MONTHLY_PAYMENTS: ({ min, ifTenureMonthsBelow }) =>
    `se hicieron ${some(min, 'pago mensual', 'pagos mensuales')}${
      ifTenureMonthsBelow === undefined
        ? ''
        : `; solo se pide a clientes de menos de ${some(ifTenureMonthsBelow, 'mes', 'meses')}`
    }`,
  REFILL_TOTAL: ({ minMinor, currency, comparison }) =>
    `la línea se recargó en total con ${comparison === 'MORE_THAN' ? 'más de' : 'al menos'} ${amountOf(minMinor, currency)}`,
  IMEI_USAGE_SEEN: ({ scope, withinDays }) =>
    `nuestra red ha visto el equipo en uso${scope === 'REQUESTING_LINE' ? ' en la línea que lo pide' : ''}${
      withinDays === undefined ? '' : ` en los últimos ${some(withinDays, 'día')}`
    }`,
  MAX_UNLOCKS: ({ n, windowDays, scope, kinds }) =>
    `se dieron menos de ${some(n, 'desbloqueo')}${kinds === undefined ? '' : ` del tipo ${codes(kinds, 'o')}`} para ${
      WHOSE[String(scope)]
    } en ${some(windowDays, 'día')}`,
  DOCUMENT: ({ documents }) => `se aceptó uno de estos documentos: ${codes(documents, 'o')}`,
  CUSTOMER_IS: ({ kinds }) =>
    `quien lo pide ${((kinds ?? []) as readonly string[]).map((kind) => CUSTOMERS[kind]).join(' o ')}`,
};
