import { type ArgumentMetadata, Injectable, ValidationPipe, type ValidationError } from '@nestjs/common';
import { Readable } from 'node:stream';
import type { Fault, FaultPlace } from '../problem.js';
import { InvalidInput, UnsupportedMediaType } from '../problems.js';

class FaultsFound extends Error {
  constructor(readonly errors: ValidationError[]) {
    super('faults');
  }
}

const PLACES: Record<string, FaultPlace> = { body: 'body', query: 'query', param: 'path' };

/** Checks what came in against its DTO; every fault is told with a pointer to the field. */
@Injectable()
export class InputPipe extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      forbidNonWhitelisted: true,
      transform: true,
      stopAtFirstError: true,
      enableDebugMessages: false,
      validationError: { target: false, value: false },
      exceptionFactory: (errors) => new FaultsFound(errors),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const place = PLACES[metadata.type];
    if (!place) return value;
    if (place === 'body') refuseShapeless(value, metadata);
    try {
      return (await super.transform(value, metadata)) as unknown;
    } catch (found) {
      if (!(found instanceof FaultsFound)) throw found;
      throw new InvalidInput(
        'See errors: each names the field and what is wrong with it.',
        {},
        faultsOf(found.errors, place),
      );
    }
  }
}

function refuseShapeless(value: unknown, { metatype }: ArgumentMetadata): void {
  if (!metatype || metatype === Object) return;
  if (value instanceof Readable) throw new UnsupportedMediaType('Send application/json.');
  if (value !== undefined && (value === null || typeof value !== 'object' || Array.isArray(value))) {
    const fault: Fault = { in: 'body', pointer: '', code: 'NOT_AN_OBJECT', detail: 'The body must be a JSON object.' };
    throw new InvalidInput('The body must be a JSON object.', {}, [fault]);
  }
}

function faultsOf(errors: readonly ValidationError[], place: FaultPlace, above = ''): Fault[] {
  return errors.flatMap((error) => {
    const pointer = `${above}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`.slice(0, 500);
    const own = Object.entries(error.constraints ?? {}).map(([rule, detail]) => ({
      in: place,
      pointer,
      code: codeOf(rule),
      detail: detail.slice(0, 500),
    }));
    return [...own, ...faultsOf(error.children ?? [], place, pointer)];
  });
}

const codeOf = (rule: string) =>
  rule === 'whitelistValidation' ? 'UNKNOWN_FIELD' : rule.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
