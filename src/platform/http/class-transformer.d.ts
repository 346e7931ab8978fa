/** What the decorators of class-transformer have declared; the package tells its users in no other way. */
declare module 'class-transformer/cjs/storage.js' {
  export * from 'class-transformer/types/storage.js';
}
