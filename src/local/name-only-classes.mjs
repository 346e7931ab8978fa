// esbuild gives every function its name by a call whenever the function is made, which for those made within a request
// took a twentieth of the processor's time of a look-up by IMEI. Only the names of classes are ever asked for.
import ts from 'typescript';

/** The text of a bundle without the naming of its functions; classes keep theirs. */
export function nameOnlyClasses(text) {
  const { ESNext } = ts.ScriptTarget;
  const { ParseNone } = ts.JSDocParsingMode;
  const source = ts.createSourceFile('bundle.js', text, { languageVersion: ESNext, jsDocParsingMode: ParseNone });
  const kept = [];
  let from = 0;
  const cut = (start, end) => {
    kept.push(text.slice(from, start));
    from = end;
  };
  const visit = (node) => {
    if (!isNaming(node)) return ts.forEachChild(node, visit);
    const [named] = node.arguments;
    const start = named.getStart(source);
    cut(node.getStart(source), start);
    ts.forEachChild(named, visit);
    return cut(named.end, node.end);
  };
  visit(source);
  return [...kept, text.slice(from)].join('');
}

/** `__name(something, "name")`; a class names itself: `static { __name(this, "Name") }`. */
const isNaming = (node) =>
  ts.isCallExpression(node) &&
  node.expression.escapedText === '___name' &&
  NAMELESS.has(node.arguments[0]?.kind) &&
  ts.isStringLiteral(node.arguments[1]);

const NAMELESS = new Set([ts.SyntaxKind.ArrowFunction, ts.SyntaxKind.FunctionExpression, ts.SyntaxKind.Identifier]);
