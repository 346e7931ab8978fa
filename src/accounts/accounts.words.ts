/** How the carrier's own numbers of accounts and lines look: a capital first, so that no phone number is one. */
export const BILLING_NUMBER = /^[A-Z][A-Z0-9-]{1,31}$/;

/** A country, with a subdivision where that decides. */
export const JURISDICTION = /^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/;

/** The billing system's own reference of a payment. */
export const PAYMENT_REFERENCE = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

/** What a payment was for: prepaid credit, a month of service, or a part of a device's price. */
export const PAYMENT_KINDS = ['REFILL', 'MONTHLY', 'INSTALMENT'] as const;
export type PaymentKind = (typeof PAYMENT_KINDS)[number];
