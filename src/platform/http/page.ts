import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Observable, tap } from 'rxjs';
import {
  type CursorPart,
  type CursorValues,
  decodeCursor,
  encodeCursor,
  PAGE_LIMIT_DEFAULT,
} from '../../values/page.js';
import { InvalidInput } from '../problems.js';
import type { PageQuery } from './page.dto.js';

/** Part of a list, and where the next part begins. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** A list as it is paged: its name, and of what kind the sort keys are. */
export interface Paging<Shape extends readonly CursorPart[]> {
  tag: string;
  shape: Shape;
}

/** Rows to fetch: one more than asked for tells whether there is a next page. */
export const rowsToFetch = (query: PageQuery): number => (query.limit ?? PAGE_LIMIT_DEFAULT) + 1;

/**
 * The sort keys after which the page begins; undefined for the first page.
 * @throws InvalidInput for a cursor that was not made for this list.
 */
export function placeAfter<const Shape extends readonly CursorPart[]>(
  paging: Paging<Shape>,
  query: PageQuery,
): CursorValues<Shape> | undefined {
  if (query.cursor === undefined) return undefined;
  const place = decodeCursor(paging.tag, query.cursor, paging.shape);
  if (place) return place;
  const detail = 'The cursor is not one of this list: take nextCursor as it was given.';
  throw new InvalidInput(detail, {}, [{ in: 'query', pointer: '/cursor', code: 'FOREIGN_CURSOR', detail }]);
}

/** Makes the page of the rows found with {@link rowsToFetch}; `keys` gives the sort keys of a row. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  query: PageQuery,
  { tag, keys, view }: { tag: string; keys: (row: Row) => readonly (string | number)[]; view: (row: Row) => Item },
): Page<Item> {
  const shown = rows.slice(0, query.limit ?? PAGE_LIMIT_DEFAULT);
  const last = shown.at(-1);
  return {
    items: shown.map(view),
    nextCursor: last && rows.length > shown.length ? encodeCursor(tag, keys(last)) : null,
  };
}

@Injectable()
class LinkNext implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    return next.handle().pipe(
      tap((page: { nextCursor?: string | null }) => {
        if (!page.nextCursor) return;
        const [path, search] = http.getRequest<FastifyRequest>().url.split('?');
        const asked = new URLSearchParams(search);
        asked.set('cursor', page.nextCursor);
        void http.getResponse<FastifyReply>().header('link', `<${path}?${asked}>; rel="next"`);
      }),
    );
  }
}

/** Sends `Link: rel="next"` with a page that is not the last. */
export const Paged = () => applyDecorators(UseInterceptors(LinkNext));

/** The field of a page view that says where the next page begins. */
export const NextCursor = () => applyDecorators(ApiProperty({ type: 'string', maxLength: 1024, nullable: true }));
