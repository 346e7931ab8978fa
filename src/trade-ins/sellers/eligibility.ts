import type { Fault } from '../../platform/problem.js';
import { addMonths, type Day } from '../../values/day.js';
import type { JurisdictionRulesDto } from '../rules/jurisdiction.dto.js';
import type { SellerDto } from './seller.dto.js';

/** Why the law of a place does not let us buy from a seller. */
export const SELLER_REASONS = ['STORE_NOT_LICENSED', 'UNDER_AGE', 'ID_NOT_TAKEN', 'ID_EXPIRED'] as const;
export type SellerReason = (typeof SELLER_REASONS)[number];

/** Old enough on the birthday itself; who was born on 29 February is of age on 28 February where there is no 29th. */
const ofAge = (bornOn: Day, years: number, today: Day): boolean => addMonths(bornOn, years * 12) <= today;

/** Every reason why we may not buy; none when we may. `today` is the day at the place. */
export function sellerReasons(rules: JurisdictionRulesDto, seller: SellerDto, today: Day): SellerReason[] {
  const holds: Readonly<Record<SellerReason, boolean>> = {
    STORE_NOT_LICENSED: !rules.licensed,
    UNDER_AGE: !ofAge(seller.bornOn, rules.minAge, today),
    ID_NOT_TAKEN: !rules.papers.includes(seller.paper),
    ID_EXPIRED: seller.paperExpiresOn !== undefined && seller.paperExpiresOn < today,
  };
  return SELLER_REASONS.filter((reason) => holds[reason]);
}

/** Statements that the law asks for and the seller has not made. */
export const statementFaults = ({ statements }: JurisdictionRulesDto, seller: SellerDto): Fault[] =>
  statements
    .filter(({ code }) => !seller.statements.includes(code))
    .map(({ code }) => ({
      ...{ in: 'body', pointer: '/seller/statements', code: 'STATEMENT_MISSING' },
      detail: `The seller has to state ${code}.`,
    }));
