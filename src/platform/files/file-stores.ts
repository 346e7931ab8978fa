import type { Settings } from '../settings.js';
import { DirectoryStore } from './directory-store.js';
import type { FileStore } from './file-store.js';
import { ObjectStore } from './object-store.js';

/** A directory, or an S3-compatible store where one is named. */
export const fileStoreOf = (settings: Settings): FileStore =>
  settings.FILES_URL ? new ObjectStore(settings) : new DirectoryStore(settings.DATA_DIR);
