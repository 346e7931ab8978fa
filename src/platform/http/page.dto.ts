import { Code, Maybe, QueryWhole } from '../../values/fields.js';
import { PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX, PAGE_LIMIT_MIN } from '../../values/page.js';

/** Which part of a list is asked for. */
export class PageQuery {
  /** How many rows the page may hold. */
  @Maybe()
  @QueryWhole(PAGE_LIMIT_MIN, PAGE_LIMIT_MAX)
  limit?: number = PAGE_LIMIT_DEFAULT;
  /** The `nextCursor` of the page before; leave it out for the first page. */
  @Maybe()
  @Code(/^[A-Za-z0-9_-]+$/, 1024)
  cursor?: string;
}
