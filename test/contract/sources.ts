import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { ROOT } from './document.js';

/** One file of the program, read and parsed. */
export interface Source {
  /** From the top of the project, with slashes: `src/stock/units/gate.ts`. */
  file: string;
  text: string;
  tree: ts.SourceFile;
}

export const parse = (file: string, text: string): Source => ({
  file,
  text,
  tree: ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true),
});

/** Every file and folder under a folder of the project. */
export const entriesIn = (folder: string): string[] =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((entry) =>
    path.posix.join(folder, entry.replaceAll(path.sep, '/')),
  );

export const readSources = (folder: string): Source[] =>
  entriesIn(folder)
    .filter((entry) => /\.(ts|mjs)$/.test(entry) && statSync(path.join(ROOT, entry)).isFile())
    .map((file) => parse(file, readFileSync(path.join(ROOT, file), 'utf8')));

/** Every node of the tree for which `wanted` holds. */
export function nodesOf<Node extends ts.Node>(
  { tree }: Pick<Source, 'tree'>,
  wanted: (node: ts.Node) => node is Node,
): Node[] {
  const found: Node[] = [];
  const visit = (node: ts.Node): void => {
    if (wanted(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

export const lineOf = ({ tree }: Pick<Source, 'tree'>, node: ts.Node): number =>
  tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;

/** The files of the project that a file names in its imports, `import type` and `import()` included. */
export function importsOf(source: Source): string[] {
  const named = nodesOf(source, (node): node is ts.StringLiteral => ts.isStringLiteral(node) && isImported(node));
  return named
    .filter(({ text }) => text.startsWith('.'))
    .map(({ text }) => path.posix.join(path.posix.dirname(source.file), text.replace(/\.js$/, '.ts')));
}

function isImported({ parent }: ts.StringLiteral): boolean {
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) return true;
  if (ts.isLiteralTypeNode(parent)) return ts.isImportTypeNode(parent.parent);
  return ts.isCallExpression(parent) && parent.expression.kind === ts.SyntaxKind.ImportKeyword;
}
