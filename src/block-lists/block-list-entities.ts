import { BlockEntry } from './entries/block-entry.entity.js';
import { RegistryAnswerRow } from './registries/registry-answer.entity.js';

export const BLOCK_LIST_ENTITIES = [BlockEntry, RegistryAnswerRow];
