/** Where files lie. Each goes by the SHA-256 of what is in it, in hexadecimal: writing one again changes nothing. */
export interface FileStore {
  /** Once it has answered, the file outlives a power cut. */
  put(name: string, bytes: Buffer): Promise<void>;
  get(name: string): Promise<Buffer | undefined>;
  /** That there is no such file is no failure. */
  remove(name: string): Promise<void>;
  /** Clears away what writes that were cut off have left. */
  tidy(): Promise<void>;
}

export const FILE_STORE = Symbol('file store');
