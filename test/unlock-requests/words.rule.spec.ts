import 'reflect-metadata';
import { CHECK_NAMES } from '../../src/unlock-requests/eligibility/check-catalogue.js';
import { REASON_CODES } from '../../src/unlock-requests/eligibility/reasons.js';
import { beginOf, endOf, isAbusive, standingOf } from '../../src/unlock-requests/caps/cap-words.js';
import { sourceOf } from '../../src/unlock-requests/self-service/source.guard.js';
import { LANGUAGES } from '../../src/values/language.js';
import { policyInWords } from '../../src/unlock-requests/words/policy-words.js';
import { reasonWords } from '../../src/unlock-requests/words/reason-words.js';
import { seenWords } from '../../src/unlock-requests/words/seen-words.js';
import { SHIPPED, shipped } from './shipped-policies.js';

describe.each(LANGUAGES)('words in %s', (language) => {
  it('there are for every reason: what is so, and what to do', () => {
    const words = REASON_CODES.map((code) => reasonWords(code, language));
    expect(words.filter(({ title, remedy }) => !/^[¿A-ZÁÉÍÓÚ].*\.$/.test(title) || !/\.$/.test(remedy))).toEqual([]);
    expect(new Set(words.map(({ title }) => title)).size).toBe(REASON_CODES.length);
  });

  it.each(SHIPPED.map(({ code }) => code))('there are for the policy %s, a sentence a rule', (code) => {
    const sentences = policyInWords(shipped(code), language);
    expect(sentences.length).toBeGreaterThan(4);
    expect(sentences.filter((text) => !/^[A-ZÁÉÍÓÚ\d].*\.$/.test(text))).toEqual([]);
    expect(sentences.filter((text) => /undefined|null|NaN|\[object/.test(text))).toEqual([]);
    expect(sentences.filter((text) => CHECK_NAMES.some((name) => text.includes(name)))).toEqual([]);
  });
});

it('what was seen is told in figures that people know', () => {
  expect(seenWords('12500 USD minor units', 'en')).toBe('125.00 USD');
  expect(seenWords('12 days since 2014-02-01', 'es')).toBe('12 días desde 2014-02-01');
});

it.each([
  ['HOUR', '2014-04-25T13:45:10Z', '2014-04-25T13:00:00.000Z', '2014-04-25T14:00:00.000Z'],
  ['DAY', '2014-04-25T13:45:10Z', '2014-04-25T00:00:00.000Z', '2014-04-26T00:00:00.000Z'],
  ['MONTH', '2014-12-31T23:59:59Z', '2014-12-01T00:00:00.000Z', '2015-01-01T00:00:00.000Z'],
] as const)('a cap of a %s holds at %s from %s to %s', (span, at, begin, end) => {
  const instant = new Date(at);
  expect([beginOf(span, instant).toISOString(), endOf(span, instant).toISOString()]).toEqual([begin, end]);
});

it.each([
  [null, 3, 3, 'FREE'],
  [null, 3, 4, 'REFUSED'],
  [2, 3, 2, 'FREE'],
  [2, 3, 3, 'WATCHED'],
  [2, 3, 4, 'REFUSED'],
] as const)('under soft %s and hard %s a count of %s is %s', (soft, hard, used, standing) => {
  expect(standingOf({ soft, hard }, used)).toBe(standing);
});

it.each([
  [100, 50, false],
  [101, 10, false],
  [101, 11, true],
])('of a source that asked %s times, %s of them again, abuse is %s', (asked, again, abusive) => {
  expect(isAbusive({ maxRequestsPerSourcePerMonth: 100, duplicatePercent: 10 }, { asked, again })).toBe(abusive);
});

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:DB8:1:2::9', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('%s is counted as %s', (address, source) => {
  expect(sourceOf(address)).toBe(source);
});
