import { US_FEDERAL_HOLIDAYS } from '../../migrations/us-federal-holidays.js';
import { type BusinessCalendar, dueAt, dueDay } from '../../src/unlock-requests/clock/business-days.js';

const federal = (over: Partial<BusinessCalendar> = {}): BusinessCalendar => ({
  ...{ code: 'US-FEDERAL', version: 1, timeZone: 'America/New_York', weekend: [6, 7], cutOff: null },
  holidays: new Set(US_FEDERAL_HOLIDAYS),
  ...over,
});

describe('two business days', () => {
  it.each([
    ['a Sunday', '2026-11-22T15:00:00Z', '2026-11-24'],
    ['the Tuesday before Thanksgiving', '2026-11-24T15:00:00Z', '2026-11-27'],
    ['the Wednesday before Thanksgiving', '2026-11-25T15:00:00Z', '2026-11-30'],
    ['Thanksgiving', '2026-11-26T15:00:00Z', '2026-11-30'],
    ['a Saturday', '2026-11-28T15:00:00Z', '2026-12-01'],
    ['before the Friday kept for 4 July, a Saturday', '2026-07-01T15:00:00Z', '2026-07-06'],
    ['the day before Christmas', '2026-12-24T15:00:00Z', '2026-12-29'],
    ['before the New Year of 2028, kept in 2027', '2027-12-30T15:00:00Z', '2028-01-04'],
    ['late in New York when it is tomorrow in UTC', '2026-11-25T03:30:00Z', '2026-11-27'],
  ])('from %s', (_, receivedAt, due) => {
    expect(dueDay(federal(), new Date(receivedAt), 2)).toBe(due);
  });

  it('last until the end of the day in the office, over the change of the clocks too', () => {
    expect(dueAt(federal(), new Date('2026-11-24T15:00:00Z'), 2).toISOString()).toBe('2026-11-28T05:00:00.000Z');
    expect(dueAt(federal(), new Date('2026-03-05T15:00:00Z'), 2).toISOString()).toBe('2026-03-10T04:00:00.000Z');
  });

  it('begin a day later for what comes in after the cut-off', () => {
    const calendar = federal({ cutOff: '17:00' });
    expect(dueDay(calendar, new Date('2026-11-23T21:59:59Z'), 2)).toBe('2026-11-25');
    expect(dueDay(calendar, new Date('2026-11-23T22:00:00Z'), 2)).toBe('2026-11-27');
  });

  it('know the free days of another country', () => {
    const calendar = federal({ timeZone: 'Asia/Dubai', weekend: [5, 6], holidays: new Set(['2026-12-02']) });
    expect(dueDay(calendar, new Date('2026-12-01T06:00:00Z'), 2)).toBe('2026-12-06');
  });
});
