/** Where in a request a fault stands. */
export type FaultPlace = 'body' | 'query' | 'path' | 'header';

/** One thing wrong with one field of a request. */
export interface Fault {
  in: FaultPlace;
  /** JSON pointer of the field, such as `/lines/0/imei`. */
  pointer: string;
  code: string;
  detail: string;
}

/** Machine-readable particulars of a refusal, such as who holds a unit. */
export type Facts = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** A refusal: thrown by an act, answered as RFC 9457 `application/problem+json`. */
export abstract class Problem extends Error {
  declare readonly status: number;
  declare readonly code: string;
  declare readonly title: string;
  /** Seconds after which a client may try again; sent as `Retry-After`. */
  retryAfter?: number;

  constructor(
    readonly detail: string,
    readonly facts: Facts = {},
    readonly faults: readonly Fault[] = [],
  ) {
    super(detail);
  }

  toBody(instance?: string): ProblemBody {
    return {
      type: problemType(this.code),
      title: this.title,
      status: this.status,
      detail: this.detail,
      ...(instance ? { instance } : {}),
      code: this.code,
      ...(this.faults.length ? { errors: this.faults } : {}),
      ...(Object.keys(this.facts).length ? { facts: this.facts } : {}),
    };
  }
}

export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance?: string;
  code: string;
  errors?: readonly Fault[];
  facts?: Facts;
}

export interface ProblemClass {
  new (detail: string, facts?: Facts, faults?: readonly Fault[]): Problem;
  readonly status: number;
  readonly code: string;
  readonly title: string;
}

const register = new Map<string, ProblemClass>();

/** Every refusal the program can give, by its code. */
export const knownProblems = (): readonly ProblemClass[] => [...register.values()];

/** `INSUFFICIENT_STOCK` is documented at `/problems/insufficient-stock`. */
export const problemType = (code: string): string => `/problems/${code.toLowerCase().replaceAll('_', '-')}`;

/**
 * Makes the class of one refusal: `class UnitReserved extends refusal(409, 'UNIT_RESERVED', '…') {}`.
 * The same class is thrown by the act and documents the operation through `@Refuses`.
 */
export function refusal(status: number, code: string, title: string): ProblemClass {
  const made = class extends Problem {
    static readonly status = status;
    static readonly code = code;
    static readonly title = title;
    override readonly status = status;
    override readonly code = code;
    override readonly title = title;
  };
  register.set(code, made);
  return made;
}
