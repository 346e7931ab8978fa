import { Ground1700000001000 } from './1700000001000-ground.js';
import { Devices1700000002000 } from './1700000002000-devices.js';
import { Stock1700000003000 } from './1700000003000-stock.js';
import { Imports1700000004000 } from './1700000004000-imports.js';

/** Every migration, oldest first. An explicit list: what runs does not depend on what lies in a folder. */
export const MIGRATIONS = [Ground1700000001000, Devices1700000002000, Stock1700000003000, Imports1700000004000];
