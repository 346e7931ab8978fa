import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { RIGHTS } from '../../src/access/rights.js';
import {
  type ApiDocument,
  isPublic,
  type Media,
  type Parameter,
  type Placed,
  ROOT,
  type Route,
  routesOf,
  type Schema,
  schemasOf,
  typesOf,
} from './document.js';

/** The chapters of the API document. */
const TAGS = [
  'Accounts',
  'Audit',
  'Bench standards',
  'Block lists',
  'Brought handsets',
  'Bulk stock',
  'Catalogue',
  'Device models',
  'Diagnostic reports',
  'Erasure certificates',
  'Identification',
  'Imports',
  'Law enforcement',
  'Locations',
  'Network',
  'Operations',
  'Police reports',
  'Price books',
  'Receipts',
  'Refurbishment',
  'Reservations',
  'SKUs',
  'Sales',
  'Self-service unlock',
  'Sellers',
  'Stock ledger',
  'Stock units',
  'Trade-in inspections',
  'Trade-in messages',
  'Trade-in money',
  'Trade-in photographs',
  'Trade-in quotes',
  'Trade-in rules',
  'Trade-ins',
  'Triage',
  'Unlock caps',
  'Unlock codes',
  'Unlock documents',
  'Unlock entitlements',
  'Unlock policies',
  'Unlock reports',
  'Unlock requests',
  'Unlock reviews',
];
/** Open to everybody. */
const OPEN = [
  ...['getHealth', 'getMetrics', 'getProblem', 'getReadiness', 'listProblems', 'listUnlockChecks'],
  ...['submitUnlockRequest', 'confirmUnlockRequest', 'resendUnlockLink', 'showUnlockStatus', 'sendOneTimeCode'],
  ...['revealOwnUnlockCode', 'reportOwnUnlock', 'appealOwnUnlockRequest', 'cancelOwnUnlockRequest'],
  ...['noteOwnUnlockAttempts', 'handInOwnUnlockDocument', 'tellUnlockPolicy'],
];
/** A POST that only reads: what it asks for must not stand in a path. */
const READS_BY_POST = [
  'identifyDevice',
  'findDeviceRecord',
  'checkBlockLists',
  'findBlockEntries',
  'preCheckUnlock',
  'checkBroughtHandset',
  'findUnlockRequests',
  'showUnlockStatus',
  'askTradeInQuestions',
  'findTradeIns',
  'findLawRequests',
];
/** Lists that are short by nature and come as a whole. */
const WHOLE_LISTS = [
  'listProblems',
  'listUnlockChecks',
  'listUnlockDocuments',
  'listBusinessCalendars',
  'listUnlockCaps',
  'listNetworkBands',
  'listUnlockRecipes',
  'listUnlockFloors',
  'listPriceBooks',
  'listTradeInMessages',
  'listTradeInMoneyEntries',
  'listTradeInPhotographs',
  'listTradeInReasons',
];
/** Says what fails as a report, not as a refusal. */
const REPORTS_ITS_FAILURE = ['getReadiness'];
/** Objects whose fields differ from case to case. */
const OPEN_OBJECTS = ['AuditEntryView.details', 'ProblemView.facts'];

/** One thing the document must hold to; `spoil` breaks it, to show that the rule would see it. */
export interface Rule {
  name: string;
  faults(document: ApiDocument): string[];
  spoil(document: ApiDocument): void;
}

const eachRoute =
  (wrong: (route: Route) => boolean) =>
  (document: ApiDocument): string[] =>
    routesOf(document)
      .filter(wrong)
      .map(({ name, operation }) => `${name} (${operation.operationId})`);

const eachSchema =
  (wrong: (schema: Schema, at: string) => boolean) =>
  (document: ApiDocument): string[] => [
    ...new Set(
      schemasOf(document)
        .filter(({ schema, at }) => wrong(schema, at))
        .map(({ at }) => at),
    ),
  ];

const refusalsOf = ({ operation }: Route) => Object.entries(operation.responses).filter(([status]) => status >= '400');
const has = ({ operation }: Route, place: Parameter['in'], name: string) =>
  (operation.parameters ?? []).some((parameter) => parameter.in === place && parameter.name === name);
const isAct = ({ method, operation }: Route) => method !== 'get' && !READS_BY_POST.includes(operation.operationId);
const isList = (route: Route) =>
  route.operation.operationId.startsWith('list') && !WHOLE_LISTS.includes(route.operation.operationId);
const words = (text: string) => text.split(/-|(?=[A-Z])/).map((word) => word.toLowerCase());

/** The verb that the path names, when its last part is a verb: `/sales/{id}/hand-over`. */
function verbOf({ method, path: at }: Route): string | undefined {
  const [before, last] = at.split('/').slice(-2);
  const named = method === 'post' && before?.startsWith('{') && last && !last.endsWith('s');
  return named ? words(last)[0] : undefined;
}

function handlers(): Set<string> {
  const files = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  const texts = files
    .filter((file) => file.endsWith('.controller.ts'))
    .map((file) => readFileSync(path.join(ROOT, 'src', file), 'utf8'));
  return new Set(
    texts.flatMap((text) => [...text.matchAll(/^ {2}(?:async )?([a-z]\w*)\(/gm)].map(([, name]) => name!)),
  );
}

const firstOf = (document: ApiDocument, wanted: (route: Route) => boolean) =>
  routesOf(document).find(wanted)!.operation;
const firstSchema = (document: ApiDocument, wanted: (schema: Schema) => boolean) =>
  schemasOf(document).find(({ schema }) => wanted(schema))!.schema;
const anAct = (document: ApiDocument) => firstOf(document, isAct);
const aList = (document: ApiDocument) => firstOf(document, isList);

function duplicates(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, at) => values.indexOf(value) !== at))];
}

function brokenReferences(document: ApiDocument): string[] {
  const placed = schemasOf(document).filter(({ schema }) => schema.$ref !== undefined);
  return placed
    .filter(({ schema }) => !document.components.schemas[schema.$ref!.replace('#/components/schemas/', '')])
    .map(({ at, schema }) => `${at}: ${schema.$ref}`);
}

function unused(document: ApiDocument): string[] {
  const text = JSON.stringify(document);
  return Object.keys(document.components.schemas).filter((name) => !text.includes(`"#/components/schemas/${name}"`));
}

function pathFaults(document: ApiDocument): string[] {
  return routesOf(document).flatMap(({ name, path: at, operation }) => {
    const inPath = [...at.matchAll(/\{(\w+)\}/g)].map(([, found]) => found!).sort();
    const told = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
    const same =
      inPath.join() ===
      told
        .map((parameter) => parameter.name)
        .sort()
        .join();
    return same && told.every(({ required }) => required) ? [] : [name];
  });
}

function refusalFaults(document: ApiDocument): string[] {
  return routesOf(document)
    .filter(({ operation }) => !REPORTS_ITS_FAILURE.includes(operation.operationId))
    .flatMap((route) =>
      refusalsOf(route)
        .filter(([status, { content = {} }]) => {
          const media = content['application/problem+json'];
          const examples = Object.entries(media?.examples ?? {});
          const told = examples.every(
            ([code, { value }]) =>
              (value as { code?: string }).code === code && (value as { status?: number }).status === Number(status),
          );
          return media?.schema?.$ref !== '#/components/schemas/ProblemView' || !examples.length || !told;
        })
        .map(([status]) => `${route.name} ${status}`),
    );
}

const USUAL = ['400', '401', '403', '429', '503'];
const USUAL_OF_ACTS = [...USUAL, '409', '413', '415', '422'];
function missingRefusals(document: ApiDocument): string[] {
  return routesOf(document)
    .filter((route) => !isPublic(route))
    .flatMap((route) => {
      const needed = [...(isAct(route) ? USUAL_OF_ACTS : USUAL), ...(route.path.includes('{') ? ['404'] : [])];
      return needed.filter((status) => !route.operation.responses[status]).map((status) => `${route.name} ${status}`);
    });
}

const boundedText = (schema: Schema) =>
  schema.maxLength !== undefined || schema.enum !== undefined || 'const' in schema;
const bounded = ({ minimum, maximum }: Schema) => minimum !== undefined && maximum !== undefined;
const isEmpty = (schema: Schema, at: string) =>
  typesOf(schema).includes('object') && !Object.keys(schema.properties ?? {}).length && !OPEN_OBJECTS.includes(at);

function undescribed(document: ApiDocument): string[] {
  const properties = Object.entries(document.components.schemas).flatMap(([name, schema]) =>
    Object.entries(schema.properties ?? {})
      .filter(([, property]) => !property.description)
      .map(([property]) => `${name}.${property}`),
  );
  const parameters = routesOf(document).flatMap(({ name, operation }) =>
    (operation.parameters ?? [])
      .filter(({ description }) => !description)
      .map((parameter) => `${name} ${parameter.name}`),
  );
  return [...properties, ...parameters];
}

interface Example {
  at: string;
  schema: Schema;
  value: unknown;
}

function mediaExamples(at: string, { schema, example, examples }: Media): Example[] {
  if (!schema) return [];
  const values = [
    ...(example === undefined ? [] : [example]),
    ...Object.values(examples ?? {}).map(({ value }) => value),
  ];
  return values.map((value) => ({ at, schema, value }));
}

function examplesOf(document: ApiDocument): Example[] {
  const ofSchemas = schemasOf(document).flatMap(({ at, schema }: Placed) =>
    ['example', 'default'].flatMap((key) => (key in schema ? [{ at, schema, value: schema[key as 'example'] }] : [])),
  );
  const ofOperations = routesOf(document).flatMap(({ name, operation }) => [
    ...(operation.parameters ?? []).flatMap((parameter) => mediaExamples(`${name} ${parameter.name}`, parameter)),
    ...Object.entries(operation.requestBody?.content ?? {}).flatMap(([, media]) => mediaExamples(name, media)),
    ...Object.entries(operation.responses).flatMap(([status, { content = {} }]) =>
      Object.values(content).flatMap((media) => mediaExamples(`${name} ${status}`, media)),
    ),
  ]);
  return [...ofSchemas, ...ofOperations];
}

function wrongExamples(document: ApiDocument): string[] {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'api', components: document.components });
  // A validator is dear to make, and most examples are of a few schemas.
  const made = new Map<string, ValidateFunction>();
  const validator = (schema: Schema): ValidateFunction => {
    const text = JSON.stringify(schema).replaceAll('"#/components', '"api#/components');
    const known = made.get(text) ?? ajv.compile(JSON.parse(text) as Schema);
    made.set(text, known);
    return known;
  };
  return examplesOf(document)
    .filter(({ schema, value }) => !validator(schema)(value))
    .map(({ at, value }) => `${at}: ${JSON.stringify(value)}`);
}

function unreadableSchemas(document: ApiDocument): string[] {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'api', components: document.components });
  return Object.keys(document.components.schemas).filter((name) => {
    try {
      ajv.compile({ $ref: `api#/components/schemas/${name}` });
      return false;
    } catch {
      return true;
    }
  });
}

const PERSONAL = /imei|meid|\beid\b|serial|phone|msisdn|e-?mail/i;

export const RULES: readonly Rule[] = [
  {
    name: 'the document is OpenAPI 3.1 with a title, a version and a way to sign in',
    faults: ({ openapi, info, components, paths }) =>
      [
        !openapi.startsWith('3.1.') && 'openapi',
        !info.title && 'info.title',
        !info.version && 'info.version',
        !components.securitySchemes['token'] && 'securitySchemes.token',
        !Object.keys(paths).length && 'paths',
      ].filter((fault): fault is string => typeof fault === 'string'),
    spoil: (document) => void (document.openapi = '3.0.3'),
  },
  {
    name: 'every reference leads somewhere',
    faults: brokenReferences,
    spoil: (document) => void delete document.components.schemas['FaultView'],
  },
  {
    name: 'every named schema is used',
    faults: unused,
    spoil: (document) => void (document.components.schemas['Forgotten'] = { type: 'string', maxLength: 1 }),
  },
  {
    name: 'every named schema can be read by a validator',
    faults: unreadableSchemas,
    spoil: (document) => void (document.components.schemas['FaultView']!.type = 'strnig'),
  },
  {
    name: 'the parameters of a path are those it tells of',
    faults: pathFaults,
    spoil: (document) => void (firstOf(document, ({ path: at }) => at.includes('{')).parameters = []),
  },
  {
    name: 'every operation has a summary of one sentence or a few',
    faults: eachRoute(({ operation }) => !/^[A-Z].*\.$/s.test(operation.summary ?? '')),
    spoil: (document) => void delete anAct(document).summary,
  },
  {
    name: 'every operation stands in one chapter',
    faults: eachRoute(({ operation }) => operation.tags?.length !== 1 || !TAGS.includes(operation.tags[0]!)),
    spoil: (document) => void (anAct(document).tags = ['Miscellaneous']),
  },
  {
    name: 'no two operations have one name',
    faults: (document) => duplicates(routesOf(document).map(({ operation }) => operation.operationId)),
    spoil: (document) => void (anAct(document).operationId = aList(document).operationId),
  },
  {
    name: 'the name of an operation is that of its handler: a verb and a noun',
    faults: (document) => {
      const known = handlers();
      return eachRoute(
        ({ operation: { operationId: id } }) => !known.has(id) || !/^[a-z]+([A-Z]+[a-z0-9]*)+$/.test(id),
      )(document);
    },
    spoil: (document) => void (anAct(document).operationId = 'process'),
  },
  {
    name: 'the verb in the path is the verb of the operation',
    faults: eachRoute((route) => {
      const verb = verbOf(route);
      return verb !== undefined && words(route.operation.operationId)[0] !== verb;
    }),
    spoil: (document) => void (firstOf(document, (route) => verbOf(route) !== undefined).operationId = 'doIt'),
  },
  {
    name: 'every operation asks for a token, but for those open to all',
    faults: eachRoute((route) => isPublic(route) !== OPEN.includes(route.operation.operationId)),
    spoil: (document) => void delete anAct(document).security,
  },
  {
    name: 'every operation with a token names a right that exists',
    faults: eachRoute(
      (route) => !isPublic(route) && !(RIGHTS as readonly (string | undefined)[]).includes(route.operation['x-right']),
    ),
    spoil: (document) => void (anAct(document)['x-right'] = 'stock:everything'),
  },
  {
    name: 'every refusal is a problem with an example for each code',
    faults: refusalFaults,
    spoil: (document) => void (anAct(document).responses['409']!.content!['application/problem+json']!.examples = {}),
  },
  {
    name: 'every operation tells the refusals it cannot do without',
    faults: missingRefusals,
    spoil: (document) => void delete anAct(document).responses['401'],
  },
  {
    name: 'every act documents Idempotency-Key and If-Match, and no read does',
    faults: eachRoute(
      (route) =>
        has(route, 'header', 'Idempotency-Key') !== isAct(route) || has(route, 'header', 'If-Match') !== isAct(route),
    ),
    spoil: (document) => {
      const act = anAct(document);
      act.parameters = act.parameters!.filter(({ name }) => name !== 'Idempotency-Key');
    },
  },
  {
    name: 'every body that can be sent is required',
    faults: eachRoute(({ operation: { requestBody } }) => requestBody !== undefined && requestBody.required !== true),
    spoil: (document) =>
      void (firstOf(document, ({ operation }) => operation.requestBody !== undefined).requestBody!.required = false),
  },
  {
    name: 'every list is paged',
    faults: eachRoute((route) => isList(route) && !(has(route, 'query', 'limit') && has(route, 'query', 'cursor'))),
    spoil: (document) => {
      const list = aList(document);
      list.parameters = list.parameters!.filter(({ name }) => name !== 'cursor');
    },
  },
  {
    name: 'nothing personal stands in a path or a query string',
    faults: (document) =>
      routesOf(document).flatMap(({ name, operation }) =>
        (operation.parameters ?? [])
          .filter((parameter) => parameter.in !== 'header' && PERSONAL.test(parameter.name))
          .map((parameter) => `${name} ${parameter.name}`),
      ),
    spoil: (document) => void aList(document).parameters!.push({ name: 'imei', in: 'query', schema: {} }),
  },
  {
    name: 'every text has a greatest length',
    faults: eachSchema((schema) => typesOf(schema).includes('string') && !boundedText(schema)),
    spoil: (document) => void delete firstSchema(document, ({ maxLength }) => maxLength !== undefined).maxLength,
  },
  {
    name: 'every number has a least and a greatest value',
    faults: eachSchema((schema) => typesOf(schema).some((type) => /^(integer|number)$/.test(type)) && !bounded(schema)),
    spoil: (document) => void delete firstSchema(document, ({ maximum }) => maximum !== undefined).maximum,
  },
  {
    name: 'every number is whole, but for those that cannot be',
    faults: eachSchema(
      (schema, at) =>
        typesOf(schema).includes('number') && !/latitude|longitude|(Km|(median|p90)Hours|inTimePercent)$/.test(at),
    ),
    spoil: (document) => void (firstSchema(document, ({ type }) => type === 'integer').type = 'number'),
  },
  {
    name: 'every list has a greatest length and says what is in it',
    faults: eachSchema(
      ({ type, items, maxItems }) => typesOf({ type }).includes('array') && (maxItems === undefined || !items),
    ),
    spoil: (document) => void delete firstSchema(document, ({ maxItems }) => maxItems !== undefined).maxItems,
  },
  {
    name: 'no object is without fields',
    faults: eachSchema(isEmpty),
    spoil: (document) => void (document.components.schemas['HealthView']!.properties = {}),
  },
  {
    name: 'every field has a type',
    faults: eachSchema(
      (schema) => !schema.$ref && !schema.type && !schema.enum && !schema.allOf && !schema.anyOf && !schema.oneOf,
    ),
    spoil: (document) => void (document.components.schemas['HealthView']!.properties!['status'] = {}),
  },
  {
    name: 'every required field exists',
    faults: eachSchema(({ required = [], properties = {} }) => required.some((name) => !properties[name])),
    spoil: (document) => void document.components.schemas['HealthView']!.required!.push('nothing'),
  },
  {
    name: 'nothing is left of OpenAPI 3.0',
    faults: eachSchema((schema) => 'nullable' in schema),
    spoil: (document) => void (document.components.schemas['HealthView']!.nullable = true),
  },
  {
    name: 'every example and default is what its schema allows',
    faults: wrongExamples,
    spoil: (document) => void (firstSchema(document, ({ type }) => type === 'integer').example = 'seven'),
  },
  {
    name: 'every field and parameter is described',
    faults: undescribed,
    spoil: (document) => void delete document.components.schemas['HealthView']!.properties!['status']!.description,
  },
];
