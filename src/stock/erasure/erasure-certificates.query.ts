import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { boundTo } from '../../access/own-store.js';
import type { Caller } from '../../platform/caller.js';
import type { PageQuery } from '../../platform/http/page.dto.js';
import { type Page, pageOf, placeAfter, rowsToFetch } from '../../platform/http/page.js';
import { NotFound } from '../../platform/problems.js';
import { Conditions, instant } from '../../platform/statement.js';
import { shownIdentifier } from '../units/unit-finder.js';
import type { ErasureCertificateView } from './erasure-certificate.view.js';

const CERTIFICATES = { tag: 'erasure-certificates', shape: ['uuid'] } as const;

const SELECT = `
  select c.id, c.unit_id as "unitId", c.holding_id as "holdingId", c.location_id as "locationId", c.maker, c.model,
         c.identifier_kind as "identifierKind", c.identifier, c.media_type as "mediaType", c.source, c.method,
         c.technique, c.tool, c.tool_version as "toolVersion", c.verification, c.result, c.operator,
         ${instant('c.performed_at')} as "performedAt", c.place, c.destination,
         c.tool_certificate as "toolCertificate", encode(c.report_sha256, 'hex') as "reportSha256",
         c.recorded_by as "recordedBy", ${instant('c.recorded_at')} as "recordedAt"
  from erasure_certificate c`;

/** Reads of erasure certificates. A store sees those it recorded. */
@Injectable()
export class ErasureCertificatesQuery {
  constructor(private readonly db: DataSource) {}

  async ofUnit(caller: Caller, unitId: string, query: PageQuery): Promise<Page<ErasureCertificateView>> {
    const [before] = placeAfter(CERTIFICATES, query) ?? [];
    const where = new Conditions([unitId])
      .always('c.unit_id = $1')
      .only(boundTo(caller), (place) => `c.location_id = ${place}`)
      .only(before, (place) => `c.id < ${place}`);
    const limit = where.add(rowsToFetch(query));
    const sql = `${SELECT} where ${where.toString()} order by c.id desc limit ${limit}`;
    const rows: ErasureCertificateView[] = await this.db.query(sql, where.parameters);
    return pageOf(rows, query, { tag: CERTIFICATES.tag, keys: ({ id }) => [id], view: shown });
  }

  certificate(caller: Caller, id: string): Promise<ErasureCertificateView> {
    return readCertificate(this.db, boundTo(caller), id);
  }
}

/** @throws NotFound */
export async function readCertificate(
  db: Pick<EntityManager, 'query'>,
  store: string | null,
  id: string,
): Promise<ErasureCertificateView> {
  const [row]: ErasureCertificateView[] = await db.query(
    `${SELECT} where c.id = $1 and ($2::uuid is null or c.location_id = $2)`,
    [id, store],
  );
  if (!row) throw new NotFound('No such erasure certificate, or not of your location.');
  return shown(row);
}

const shown = (row: ErasureCertificateView): ErasureCertificateView => ({
  ...row,
  identifier: shownIdentifier(row.identifierKind, row.identifier),
});
