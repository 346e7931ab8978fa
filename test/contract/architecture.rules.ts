import ts from 'typescript';
import { importsOf, lineOf, nodesOf, type Source } from './sources.js';

/** The rooms from the ground up: each may use those before it, never those after it. */
const HOUSE = [
  'values',
  'platform',
  'access',
  'events',
  'audit',
  'imports',
  'accounts',
  'block-lists',
  'devices',
  'stock',
  'unlock-requests',
  'trade-ins',
];
/** What stands on top of the house and may use all of it. */
const TOP = ['src/local', 'src/main.ts', 'src/server.ts', 'src/app.module.ts', 'src/openapi.ts', 'src/migrate.ts'];

// Written so that this file does not find itself.
const LEFT_OVER = /\bTO[D]O\b|\bFIXM[E]\b/;
const LONGEST_FILE = 250;
const LONGEST_FUNCTION = 45;
const MOST_DEPENDENCIES = 4;

/** One thing the sources must hold to; `fault` is a file that breaks it, to show that the rule would see it. */
export interface SourceRule {
  name: string;
  faults(sources: readonly Source[]): string[];
  fault: { file: string; text: string };
}

const isTop = (file: string) => TOP.some((top) => file === top || file.startsWith(`${top}/`));
const levelOf = (file: string): number => (isTop(file) ? HOUSE.length : HOUSE.indexOf(file.split('/')[1]!));

const eachFile = (wrong: (source: Source) => string[]) => (sources: readonly Source[]) => sources.flatMap(wrong);

const eachNode = <Node extends ts.Node>(
  wanted: (node: ts.Node) => node is Node,
  wrong: (node: Node, source: Source) => boolean,
) =>
  eachFile((source) =>
    nodesOf(source, wanted)
      .filter((node) => wrong(node, source))
      .map((node) => `${source.file}:${lineOf(source, node)}`),
  );

/** Only the ground is reached from the migrations and from the tests; what they use is not the house's affair. */
function upward(source: Source): string[] {
  const own = levelOf(source.file);
  return importsOf(source)
    .filter((file) => file.startsWith('src/') && levelOf(file) > own)
    .map((file) => `${source.file} -> ${file}`);
}

function circles(sources: readonly Source[]): string[] {
  const graph = new Map(sources.map((source) => [source.file, importsOf(source)]));
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (file: string, trail: readonly string[]): void => {
    const at = trail.indexOf(file);
    if (at >= 0) return void found.push([...trail.slice(at), file].join(' -> '));
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) walk(next, [...trail, file]);
    done.add(file);
  };
  for (const file of graph.keys()) walk(file, []);
  return found;
}

const lines = ({ text }: Pick<Source, 'text'>) => text.trimEnd().split('\n').length;

type Function = ts.FunctionLikeDeclaration;
const isFunction = (node: ts.Node): node is Function =>
  ts.isFunctionDeclaration(node) ||
  ts.isFunctionExpression(node) ||
  ts.isArrowFunction(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isConstructorDeclaration(node) ||
  ts.isAccessor(node);

function lengthOf(node: ts.Node, { tree }: Source): number {
  const lineAt = (position: number) => tree.getLineAndCharacterOfPosition(position).line;
  return lineAt(node.getEnd()) - lineAt(node.getStart(tree)) + 1;
}

const isAny = (node: ts.Node): node is ts.KeywordTypeNode => node.kind === ts.SyntaxKind.AnyKeyword;

const isConsole = (node: ts.Node): node is ts.PropertyAccessExpression =>
  ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'console';

const isConcatenation = (node: ts.Node): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;

/** `await tx.query(`…`)`: SQL with something put into the text of it. */
const isBuiltSql = (node: ts.Node): node is ts.TemplateExpression | ts.BinaryExpression =>
  (ts.isTemplateExpression(node) || isConcatenation(node)) &&
  ts.isCallExpression(node.parent) &&
  node.parent.arguments[0] === node &&
  ts.isPropertyAccessExpression(node.parent.expression) &&
  node.parent.expression.name.text === 'query';

const CONSTANT = /^[A-Z][A-Z0-9_]*$/;

/** A fixed text, a constant or a field of one, and what is made of such alone: nothing that a caller sent. */
function isFixed(node: ts.Expression): boolean {
  if (ts.isIdentifier(node)) return CONSTANT.test(node.text);
  if (ts.isStringLiteralLike(node)) return true;
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return isFixed(node.expression);
  if (ts.isConditionalExpression(node)) return isFixed(node.whenTrue) && isFixed(node.whenFalse);
  if (ts.isTemplateExpression(node)) return node.templateSpans.every(({ expression }) => isFixed(expression));
  if (isConcatenation(node)) return isFixed(node.left) && isFixed(node.right);
  return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.arguments.every(isFixed);
}

export const SOURCE_RULES: readonly SourceRule[] = [
  {
    name: 'every file stands in a room of the house',
    faults: eachFile(({ file }) => (levelOf(file) < 0 ? [file] : [])),
    fault: { file: 'src/warehouse/shelf.ts', text: '' },
  },
  {
    name: 'no room uses one above it',
    faults: eachFile(upward),
    fault: { file: 'src/values/planted.ts', text: `import type { Sale } from '../stock/sales/sale.entity.js';` },
  },
  {
    name: 'no file is imported in a circle',
    faults: circles,
    fault: { file: 'src/values/planted.ts', text: `import { planted } from './planted.js';` },
  },
  {
    name: 'no file and no folder is a drawer for anything',
    faults: eachFile(({ file }) =>
      /(^|\/)(index|utils?|helpers?|common|shared|misc|base)([./]|$)/.test(file) ? [file] : [],
    ),
    fault: { file: 'src/stock/utils/dates.ts', text: '' },
  },
  {
    name: `no file is longer than ${LONGEST_FILE} lines`,
    faults: eachFile((source) => (lines(source) > LONGEST_FILE ? [`${source.file}: ${lines(source)}`] : [])),
    fault: { file: 'src/stock/planted.ts', text: '// line\n'.repeat(251) },
  },
  {
    name: `no function is longer than ${LONGEST_FUNCTION} lines`,
    faults: eachNode(isFunction, (node, source) => lengthOf(node, source) > LONGEST_FUNCTION),
    fault: { file: 'src/stock/planted.ts', text: `function long() {\n${'  go();\n'.repeat(44)}}` },
  },
  {
    name: `no constructor takes more than ${MOST_DEPENDENCIES} dependencies`,
    faults: eachNode(ts.isConstructorDeclaration, ({ parameters }) => parameters.length > MOST_DEPENDENCIES),
    fault: { file: 'src/stock/planted.ts', text: 'class A { constructor(a: A, b: A, c: A, d: A, e: A) {} }' },
  },
  {
    name: 'nothing is of type any',
    faults: eachNode(isAny, () => true),
    fault: { file: 'src/stock/planted.ts', text: 'export const planted: any = 1;' },
  },
  {
    name: 'only programs that people run write to the terminal',
    faults: eachNode(isConsole, (_, { file }) => !isTop(file)),
    fault: { file: 'src/stock/planted.ts', text: `console.log('sold');` },
  },
  {
    name: 'SQL is put together from constants only',
    faults: eachNode(isBuiltSql, (sql) => !isFixed(sql)),
    fault: { file: 'src/stock/planted.ts', text: 'db.query(`select * from sale where number = ${number}`);' },
  },
  {
    name: 'nothing is left to be done',
    faults: eachFile(({ file, text }) => (LEFT_OVER.test(text) ? [file] : [])),
    fault: { file: 'src/stock/planted.ts', text: '// TO' + 'DO later' },
  },
];
