import { MODEL_ACTS, MODEL_LIFECYCLE, type ModelLifecycle } from '../../src/devices/models/device-model.lifecycle.js';
import { mayBeReordered, mayBeSold, type SaleFacts, saleBars } from '../../src/devices/sellable.js';
import { dayIn } from '../../src/values/time.js';

const facts = (over: Partial<SaleFacts> = {}): SaleFacts => ({
  lifecycle: 'ON_SALE',
  licenceEndsOn: null,
  licenceRule: null,
  ...over,
});
const TODAY = '2014-04-26';

describe('whether a model may be sold', () => {
  it.each([
    ['ANNOUNCED', false, false],
    ['ON_SALE', true, true],
    ['SELL_THROUGH', true, false],
    ['END_OF_SALE', false, false],
    ['END_OF_SUPPORT', false, false],
  ] as [ModelLifecycle, boolean, boolean][])('%s: sold %s, ordered again %s', (lifecycle, sold, ordered) => {
    expect(mayBeSold(facts({ lifecycle }), TODAY)).toBe(sold);
    expect(mayBeReordered(facts({ lifecycle }), TODAY)).toBe(ordered);
  });

  it('covers every part of the life', () => {
    expect(MODEL_LIFECYCLE).toHaveLength(5);
  });

  it.each([
    ['SELL_THROUGH_NO_REORDER', '2014-04-25', true, false],
    ['SELL_THROUGH_NO_REORDER', '2014-04-26', true, true],
    ['STOP_SALE', '2014-04-25', false, false],
    ['STOP_SALE', '2014-04-26', true, true],
    ['STOP_SALE', '2014-04-27', true, true],
  ] as const)(
    'with the licence rule %s ending on %s: sold %s, ordered again %s',
    (licenceRule, licenceEndsOn, sold, ordered) => {
      expect(mayBeSold(facts({ licenceRule, licenceEndsOn }), TODAY)).toBe(sold);
      expect(mayBeReordered(facts({ licenceRule, licenceEndsOn }), TODAY)).toBe(ordered);
    },
  );

  it('tells every reason, not the first', () => {
    const both = facts({ lifecycle: 'ANNOUNCED', licenceRule: 'STOP_SALE', licenceEndsOn: '2014-04-25' });
    expect(saleBars(both, TODAY)).toEqual(['NOT_YET_ON_SALE', 'LICENCE_ENDED']);
  });

  it('lets an accessory be sold and ordered', () => {
    const accessory = { lifecycle: null, licenceEndsOn: null, licenceRule: null };
    expect([mayBeSold(accessory, TODAY), mayBeReordered(accessory, TODAY)]).toEqual([true, true]);
  });
});

describe('the day at a place', () => {
  it.each([
    ['America/Los_Angeles', '2014-04-26T06:59:59.999Z', '2014-04-25'],
    ['America/Los_Angeles', '2014-04-26T07:00:00Z', '2014-04-26'],
    ['America/New_York', '2014-04-26T04:00:00Z', '2014-04-26'],
    ['Asia/Kathmandu', '2014-04-25T18:14:59Z', '2014-04-25'],
    ['Asia/Kathmandu', '2014-04-25T18:15:00Z', '2014-04-26'],
  ])('in %s at %s is %s', (zone, at, day) => {
    expect(dayIn(zone, new Date(at))).toBe(day);
  });
});

describe('the life of a device model', () => {
  it('reaches every state from the announcement', () => {
    const reached = new Set<ModelLifecycle>(['ANNOUNCED']);
    for (let before = 0; before < reached.size;) {
      before = reached.size;
      for (const { from, to } of Object.values(MODEL_ACTS)) {
        if (from.some((state) => reached.has(state))) reached.add(to);
      }
    }
    expect([...reached].sort()).toEqual([...MODEL_LIFECYCLE].sort());
  });
});
