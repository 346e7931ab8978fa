import { csvCell } from '../../values/csv.js';
import type { SellerDto } from '../sellers/seller.dto.js';
import type { ReportFormat } from './police-report.words.js';

/** One purchase as the police are told of it. */
export interface ReportLine {
  transaction: string;
  /** At the place: date, time, and the name of its zone. */
  receivedAt: string;
  timeZone: string;
  storeCode: string;
  storeName: string;
  storeAddress: string;
  maker: string;
  model: string;
  storageGb: number;
  imei: string;
  /** Undefined once the identity was erased. */
  seller: Omit<SellerDto, 'statements'> | undefined;
}

const FIELDS: readonly [name: string, read: (line: ReportLine) => string | number][] = [
  ['transaction', ({ transaction }) => transaction],
  ['receivedAt', ({ receivedAt }) => receivedAt],
  ['timeZone', ({ timeZone }) => timeZone],
  ['storeCode', ({ storeCode }) => storeCode],
  ['storeName', ({ storeName }) => storeName],
  ['storeAddress', ({ storeAddress }) => storeAddress],
  ['maker', ({ maker }) => maker],
  ['model', ({ model }) => model],
  ['storageGb', ({ storageGb }) => storageGb],
  ['imei', ({ imei }) => imei],
  ['sellerName', ({ seller }) => seller?.name ?? ''],
  ['sellerBornOn', ({ seller }) => seller?.bornOn ?? ''],
  ['sellerAddress', ({ seller }) => seller?.address ?? ''],
  ['paper', ({ seller }) => seller?.paper ?? ''],
  ['paperNumber', ({ seller }) => seller?.paperNumber ?? ''],
];

/** The file of a batch. The same lines always make the same bytes. */
export const reportFile = (format: ReportFormat, register: string, lines: readonly ReportLine[]): Buffer =>
  Buffer.from(format === 'CSV' ? csvFile(lines) : xmlFile(register, lines));

function csvFile(lines: readonly ReportLine[]): string {
  const head = FIELDS.map(([name]) => name).join(',');
  const rows = lines.map((line) => FIELDS.map(([, read]) => csvCell(read(line))).join(','));
  return [head, ...rows, ''].join('\r\n');
}

function xmlFile(register: string, lines: readonly ReportLine[]): string {
  const reports = lines.map((line) => {
    const fields = FIELDS.map(([name, read]) => `    <${name}>${xmlText(String(read(line)))}</${name}>`);
    return ['  <report>', ...fields, '  </report>'].join('\n');
  });
  const root = `<reports register="${xmlText(register)}">`;
  return ['<?xml version="1.0" encoding="UTF-8"?>', root, ...reports, '</reports>', ''].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML 1.0 has no form at all for most control characters. */
const xmlText = (text: string): string =>
  text
    .replace(/[\p{Cc}\ufffe\uffff]/gu, (one) => ('\t\r\n'.includes(one) ? one : ' '))
    .replace(/[&<>"]/g, (one) => ENTITIES[one]!);
