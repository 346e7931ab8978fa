import { type ArgumentMetadata, Injectable, ValidationPipe, type ValidationError } from '@nestjs/common';
import * as transformerPackage from 'class-transformer';
import * as validatorPackage from 'class-validator';
import { Readable } from 'node:stream';
import type { Fault, FaultPlace } from '../problem.js';
import { rememberRules } from './remembered-rules.js';
import { soundForm } from './sound-forms.js';
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
      // Given, for loaded by Nest itself they come without their names when bundled.
      validatorPackage,
      transformerPackage,
      whitelist: true,
      forbidNonWhitelisted: true,
      transform: true,
      stopAtFirstError: true,
      enableDebugMessages: false,
      validationError: { target: false, value: false },
      exceptionFactory: (errors) => new FaultsFound(errors),
    });
    rememberRules();
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const place = PLACES[metadata.type];
    if (!place) return value;
    if (place === 'body') refuseShapeless(value, metadata);
    const sound = soundForm(value, metadata.metatype);
    if (sound) return sound;
    refuseDropped(value, place);
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
  if (value instanceof Readable || Buffer.isBuffer(value)) {
    throw new UnsupportedMediaType('This operation does not take this content type; see /docs.');
  }
  // Not the same as `{}`: a client whose body was lost on the way would act with nothing of what it asked for.
  if (value === undefined) throw bodyFault('BODY_MISSING', 'This operation needs a body: send a JSON object.');
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw bodyFault('NOT_AN_OBJECT', 'The body must be a JSON object.');
  }
}

function bodyFault(code: string, detail: string): InvalidInput {
  const fault: Fault = { in: 'body', pointer: '', code, detail };
  return new InvalidInput(detail, {}, [fault]);
}

/** Every object seems to have fields of these names, so none would ever be called unknown. */
const DROPPED = Object.getOwnPropertyNames(Object.prototype);

function refuseDropped(value: unknown, place: FaultPlace, above = ''): void {
  if (typeof value !== 'object' || value === null) return;
  const name = DROPPED.find((dropped) => Object.hasOwn(value, dropped));
  if (name !== undefined) {
    const detail = `property ${name} should not exist`;
    throw new InvalidInput(detail, {}, [{ in: place, pointer: `${above}/${name}`, code: 'UNKNOWN_FIELD', detail }]);
  }
  for (const [field, inner] of Object.entries(value)) refuseDropped(inner, place, `${above}/${field}`.slice(0, 400));
}

function faultsOf(errors: readonly ValidationError[], place: FaultPlace, above = ''): Fault[] {
  return errors.flatMap((error) => {
    // The name of a field nobody knows can be anything that was sent, an IMEI among it; a refusal repeats none.
    const unknown = error.constraints?.['whitelistValidation'] !== undefined;
    const name = unknown ? withoutDigits(error.property) : error.property;
    const pointer = `${above}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`.slice(0, 500);
    const own = Object.entries(error.constraints ?? {}).map(([rule, detail]) => ({
      in: place,
      pointer,
      code: codeOf(rule),
      detail: (unknown ? withoutDigits(detail) : detail).slice(0, 500),
    }));
    return [...own, ...faultsOf(error.children ?? [], place, pointer)];
  });
}

const withoutDigits = (text: string) => text.replace(/\d{8,}/g, '#');

const codeOf = (rule: string) =>
  rule === 'whitelistValidation' ? 'UNKNOWN_FIELD' : rule.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
