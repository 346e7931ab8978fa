// Puts the programs that are started often into a few large files, the packages they use among them: Node takes longer
// to find and open two thousand small files than to run what is in them.
import esbuild from 'esbuild';
import fs from 'node:fs';
import path from 'node:path';
import { nameOnlyClasses } from './name-only-classes.mjs';

// By name in `dist/`: what is compiled to `dist/src/`.
const PROGRAMS = { main: 'main.js', migrate: 'migrate.js', start: 'local/start.js', audit: 'local/audit.js' };
// Shown to few and loaded when asked for; they find their own files by where they lie.
const LEFT_OUT = ['express', 'helmet', 'swagger-ui-express', 'swagger-ui-dist', '@napi-rs/image'];
// Packages in CommonJS that ask for one another at run time.
const BANNER = `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);`;

/** What is not installed, such as the drivers of other databases, stays out until it is asked for. */
const optionalPackages = {
  name: 'optional packages',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, async ({ path: name, pluginData, ...from }) => {
      if (pluginData === optionalPackages || from.kind === 'entry-point') return undefined;
      const { errors } = await build.resolve(name, { ...from, pluginData: optionalPackages });
      return errors.length ? { path: name, external: true } : undefined;
    });
  },
};

/** Our own files find what lies beside them from where they were, and Nest takes the same packages as we do. */
const placesOfFiles = (dist) => ({
  name: 'places of files',
  setup(build) {
    build.onLoad({ filter: /[\\/](dist[\\/]src|@nestjs)[\\/].*\.js$/ }, async ({ path: file }) => {
      const text = await fs.promises.readFile(file, 'utf8');
      if (!text.includes('import.meta.url')) return undefined;
      if (file.includes('node_modules')) return { contents: text.replace(/^const require = createRequire.*$/m, '') };
      const place = JSON.stringify(`./${path.relative(dist, file).replaceAll(path.sep, '/')}`);
      return { contents: text.replaceAll('import.meta.url', `new URL(${place}, import.meta.url).href`) };
    });
  },
});

/** Whether esbuild can run here: its program comes in an optional package for each platform. */
function canBundle() {
  try {
    return Boolean(import.meta.resolve(`@esbuild/${process.platform}-${process.arch}/package.json`));
  } catch {
    return false;
  }
}

/** Writes `dist/main.js` and its like; where esbuild is not installed they start the compiled files one by one. */
export async function bundle(dist) {
  const programs = Object.entries(PROGRAMS);
  if (!canBundle()) {
    for (const [name, file] of programs) fs.writeFileSync(path.join(dist, `${name}.js`), `import './src/${file}';\n`);
    return;
  }
  const { outputFiles } = await esbuild.build({
    write: false,
    entryPoints: Object.fromEntries(programs.map(([name, file]) => [name, path.join(dist, 'src', file)])),
    outdir: dist,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    keepNames: true,
    // A tenth less memory; names and lines stay, for whoever reads a stack trace.
    minifyWhitespace: true,
    lineLimit: 120,
    legalComments: 'linked',
    logLevel: 'warning',
    banner: { js: BANNER },
    external: LEFT_OUT,
    plugins: [optionalPackages, placesOfFiles(dist)],
  });
  for (const { path: file, text } of outputFiles) {
    fs.writeFileSync(file, file.endsWith('.js') ? nameOnlyClasses(text) : text);
  }
}
