import type { JurisdictionRulesDto } from '../../src/trade-ins/rules/jurisdiction.dto.js';
import { sellerReasons, statementFaults } from '../../src/trade-ins/sellers/eligibility.js';
import type { SellerDto } from '../../src/trade-ins/sellers/seller.dto.js';
import { isBirthday } from '../../src/values/time.js';
import { dayIn } from '../../src/values/time.js';
import { SELLER } from './trade-desk.js';
import { sampleRule } from './trade-rules.js';

const lawOf = (place: string): JurisdictionRulesDto =>
  sampleRule(place === 'US' ? 'LAW-US' : `LAW-${place}`)['jurisdiction'] as JurisdictionRulesDto;
const seller = (over: Partial<SellerDto> = {}): SellerDto => ({ ...(SELLER as SellerDto), ...over });
const reasons = (place: string, bornOn: string, today: string) =>
  sellerReasons(lawOf(place), seller({ bornOn }), today);

describe('who is old enough to sell', () => {
  it.each([
    ['the day before the 18th birthday', 'US', '1996-02-15', '2014-02-14', false],
    ['on the 18th birthday', 'US', '1996-02-15', '2014-02-15', true],
    ['the day after', 'US', '1996-02-15', '2014-02-16', true],
    ['born on 29 February, on 27 February of a common year', 'US', '1996-02-29', '2014-02-27', false],
    ['born on 29 February, on 28 February of a common year', 'US', '1996-02-29', '2014-02-28', true],
    ['born on 29 February, on 28 February of a leap year', 'US-PR', '1995-02-28', '2016-02-28', true],
    ['born on 29 February, and 21 in a common year', 'US-PR', '1992-02-29', '2013-02-27', false],
    ['born on 29 February, the last day of that February', 'US-PR', '1992-02-29', '2013-02-28', true],
    ['18 in Alabama', 'US-AL', '1996-02-15', '2014-02-15', false],
    ['19 in Alabama', 'US-AL', '1995-02-15', '2014-02-15', true],
    ['18 in Nebraska', 'US-NE', '1996-02-15', '2014-02-15', false],
    ['the day before 19 in Nebraska', 'US-NE', '1995-02-15', '2014-02-14', false],
    ['19 in Nebraska', 'US-NE', '1995-02-15', '2014-02-15', true],
    ['20 in Puerto Rico', 'US-PR', '1994-02-15', '2014-02-15', false],
    ['21 in Puerto Rico', 'US-PR', '1993-02-15', '2014-02-15', true],
    ['born in 1931', 'US-PR', '1931-07-04', '2014-02-15', true],
    ['not born yet', 'US', '2015-01-01', '2014-02-15', false],
  ])('%s', (_, place, bornOn, today, may) => {
    expect(reasons(place, bornOn, today)).toEqual(may ? [] : ['UNDER_AGE']);
  });

  it.each([
    ['America/New_York', '2014-02-15T04:59:59Z', false],
    ['America/New_York', '2014-02-15T05:00:00Z', true],
    ['America/Los_Angeles', '2014-02-15T07:59:59Z', false],
    ['Pacific/Honolulu', '2014-02-15T09:59:59Z', false],
    ['Pacific/Guam', '2014-02-14T14:00:00Z', true],
    ['America/Puerto_Rico', '2014-02-15T04:00:00Z', true],
  ])('on the day it is at the place: in %s at %s', (zone, at, may) => {
    expect(reasons('US', '1996-02-15', dayIn(zone, new Date(at)))).toEqual(may ? [] : ['UNDER_AGE']);
  });
});

describe('what else the law of a place looks at', () => {
  const today = '2014-02-15';
  const law = lawOf('US');

  it.each([
    ['nothing', {}, {}, []],
    ['a paper that has run out', {}, { paperExpiresOn: '2014-02-14' }, ['ID_EXPIRED']],
    ['a paper on its last day', {}, { paperExpiresOn: '2014-02-15' }, []],
    ['a paper that is not taken', { papers: ['PASSPORT'] }, {}, ['ID_NOT_TAKEN']],
    ['a store without a licence', { licensed: false }, {}, ['STORE_NOT_LICENSED']],
    [
      'all of it at once',
      { licensed: false, papers: ['PASSPORT'] },
      { bornOn: '2000-01-01', paperExpiresOn: '2013-01-01' },
      ['STORE_NOT_LICENSED', 'UNDER_AGE', 'ID_NOT_TAKEN', 'ID_EXPIRED'],
    ],
  ] as const)('%s', (_, rules, shown, expected) => {
    const given = { ...law, ...rules } as JurisdictionRulesDto;
    expect(sellerReasons(given, seller(shown), today)).toEqual(expected);
  });

  it('asks for every statement that was not made', () => {
    expect(statementFaults(law, seller({ statements: ['OWNER'] }))).toEqual([
      expect.objectContaining({ pointer: '/seller/statements', code: 'STATEMENT_MISSING' }),
    ]);
    expect(statementFaults(law, seller())).toEqual([]);
  });

  it.each([
    ['1900-01-01', true],
    ['1899-12-31', false],
    ['1931-02-29', false],
    ['1932-02-29', true],
    [19320229, false],
  ])('knows a day that somebody was born on: %s', (day, is) => {
    expect(isBirthday(day)).toBe(is);
  });
});
