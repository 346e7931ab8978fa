/** A statement with its parameters. The text depends only on which conditions are asked for, so each is prepared once. */
export interface Statement {
  sql: string;
  parameters: unknown[];
}

/**
 * Collects the conditions of a WHERE clause and their parameters. A filter that is not asked for is left out, rather
 * than written as `$1 is null or …`: only so can one prepared plan use the index that fits.
 */
export class Conditions {
  private readonly conditions: string[] = [];

  constructor(readonly parameters: unknown[] = []) {}

  /** Adds a parameter. @returns its place, such as `$3`. */
  add(value: unknown): string {
    return `$${this.parameters.push(value)}`;
  }

  /** Adds the condition when a value is given. */
  only(given: unknown, condition: (place: string) => string): this {
    if (given !== undefined && given !== null) this.conditions.push(condition(this.add(given)));
    return this;
  }

  /** Adds a condition without a parameter of its own. */
  always(condition: string): this {
    this.conditions.push(condition);
    return this;
  }

  /** All conditions, joined; `true` when there are none. */
  toString(): string {
    return this.conditions.join(' and ') || 'true';
  }
}

/** An instant with all the digits that the database keeps, for what is sorted or hashed by it. */
export const exactInstant = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** An instant as the API writes it, made by the database. */
export const instant = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
