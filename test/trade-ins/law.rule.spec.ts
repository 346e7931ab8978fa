import { type LawFacts, lawHold } from '../../src/trade-ins/police-reports/law-hold.js';
import { type ReportLine, reportFile } from '../../src/trade-ins/police-reports/report-file.js';

const day = (date: number) => new Date(Date.UTC(2014, 1, date, 12));
/** In Los Angeles, eight hours behind in February. */
const midnight = (date: number) => new Date(Date.UTC(2014, 1, date, 8));
const facts = (over: Partial<LawFacts> = {}): LawFacts => ({
  ...{ asked: false, days: 7, starts: 'REPORT', receivedAt: day(1), sentAt: null, released: false },
  timeZone: 'America/Los_Angeles',
  ...over,
});

describe('how long the law keeps a handset', () => {
  it.each<[string, Partial<LawFacts>, Date | null | undefined]>([
    ['as long as it is not reported', {}, null],
    ['seven whole days after that of the report', { sentAt: day(2) }, midnight(10)],
    [
      'to the end of the last day, though clocks are put back in between',
      { starts: 'RECEIPT', receivedAt: new Date('2026-10-30T17:00:00Z') },
      new Date('2026-11-07T08:00:00Z'),
    ],
    ['no more once they are over', { sentAt: day(-20) }, undefined],
    ['seven whole days after that of the receipt', { starts: 'RECEIPT' }, midnight(9)],
    ['seven days from the receipt, whenever it is reported', { starts: 'RECEIPT', sentAt: day(3) }, midnight(9)],
    ['not at all where the law gives no days', { days: 0 }, undefined],
    ['no more when the authority let it go', { sentAt: day(2), released: true }, undefined],
    ['as long as another authority wants it', { sentAt: day(2), released: true, asked: true }, null],
    ['as long as an authority wants it where the law gives no days', { days: 0, asked: true }, null],
  ])('%s', (_, over, until) => {
    expect(lawHold(facts(over), day(5))).toEqual(until === undefined ? undefined : { until });
  });
});

const line: ReportLine = {
  ...{ transaction: 'T-1', receivedAt: '2014-02-14 09:30:00', timeZone: 'America/Los_Angeles', storeCode: 'CA-1' },
  ...{ storeName: 'Downtown, Main', storeAddress: '1 Main St', maker: 'BlackBerry', model: 'Q10', storageGb: 16 },
  imei: '356760057000011',
  seller: {
    ...{ name: '=HYPERLINK("http://x")', bornOn: '1985-04-12', address: 'A & B <"Street">\n2nd floor\u0007' },
    ...{ paper: 'PASSPORT', paperNumber: '-12' },
  },
};

describe('a file for the police', () => {
  it('is a CSV in which nothing is a formula', () => {
    expect(reportFile('CSV', 'CAPSS', [line, { ...line, seller: undefined }]).toString()).toBe(
      [
        'transaction,receivedAt,timeZone,storeCode,storeName,storeAddress,maker,model,storageGb,imei,sellerName,sellerBornOn,sellerAddress,paper,paperNumber',
        `T-1,2014-02-14 09:30:00,America/Los_Angeles,CA-1,"Downtown, Main",1 Main St,BlackBerry,Q10,16,356760057000011,"'=HYPERLINK(""http://x"")",1985-04-12,"A & B <""Street"">\n2nd floor\u0007",PASSPORT,'-12`,
        'T-1,2014-02-14 09:30:00,America/Los_Angeles,CA-1,"Downtown, Main",1 Main St,BlackBerry,Q10,16,356760057000011,,,,,',
        '',
      ].join('\r\n'),
    );
  });

  it('or an XML in which nothing is markup', () => {
    const text = reportFile('XML', 'CAPSS', [line]).toString();
    expect(text).toContain('<reports register="CAPSS">');
    expect(text).toContain('<sellerAddress>A &amp; B &lt;&quot;Street&quot;&gt;\n2nd floor </sellerAddress>');
    expect(text.match(/<report>/g)).toHaveLength(1);
  });

  it('and the same bytes for the same lines', () => {
    expect(reportFile('CSV', 'CAPSS', [line])).toEqual(reportFile('CSV', 'CAPSS', [structuredClone(line)]));
  });
});
