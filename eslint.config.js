import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

// Rules that need types: what they find fails in production, not in the compiler.
const TYPED = {
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': 'error',
  '@typescript-eslint/require-await': 'error',
};

const PLAIN = {
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
  'no-unused-vars': 'off',
  'no-undef': 'off',
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
  curly: ['error', 'multi-line'],
  eqeqeq: 'error',
  'no-console': 'error',
  'prefer-const': 'error',
};

export default defineConfig(
  globalIgnores(['dist/', 'node_modules/', '.data/', 'coverage/', 'bench-results/']),
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.base, tseslint.configs.eslintRecommended],
    languageOptions: {
      parserOptions: { project: './test/tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: { ...PLAIN, ...TYPED },
  },
  {
    // A type-only import of an injected class leaves nothing to inject: here the import is chosen by hand.
    files: ['**/*.{controller,service,guard,query,module,pipe,filter,decorator}.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        globalThis: 'readonly',
      },
    },
    rules: { eqeqeq: 'error', curly: ['error', 'multi-line'] },
  },
  {
    files: ['src/unlock-requests/page/*.js'],
    languageOptions: {
      globals: {
        document: 'readonly',
        window: 'readonly',
        location: 'readonly',
        history: 'readonly',
        navigator: 'readonly',
        fetch: 'readonly',
        crypto: 'readonly',
        confirm: 'readonly',
        FormData: 'readonly',
      },
    },
  },
  {
    // Programs that people run and read: the terminal is where they speak.
    files: ['src/local/**', 'src/server.ts', 'src/openapi.ts', 'test/bench/**'],
    rules: { 'no-console': 'off' },
  },
);
