import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../platform/one-of.js';

/** How handsets can be unlocked at all. */
export const RECIPE_METHODS = ['CODE', 'OTA', 'OEM_WHITELIST', 'NOT_POSSIBLE'] as const;
export type RecipeMethod = (typeof RECIPE_METHODS)[number];

/** How the handsets of a maker, or of one model, are unlocked: the method, the forms of their codes, and the steps. */
@Entity('unlock_recipe')
@Check('unlock_recipe_method_ck', oneOf('method', RECIPE_METHODS))
export class UnlockRecipe {
  @PrimaryColumn({ name: 'brand_key', type: 'text', primaryKeyConstraintName: 'unlock_recipe_pk' })
  brandKey: string;
  @PrimaryColumn({ name: 'model_key', type: 'text', primaryKeyConstraintName: 'unlock_recipe_pk' })
  modelKey: string;
  @Column({ name: 'method', type: 'text' })
  method: RecipeMethod;
  @Column({ name: 'max_attempts', type: 'smallint', nullable: true })
  maxAttempts: number | null;
  @Column({ name: 'attempts_shown', type: 'boolean' })
  attemptsShown: boolean;
  @Column({ name: 'code_formats', type: 'jsonb' })
  codeFormats: Record<string, string>;
  @Column({ name: 'code_order', type: 'text', array: true })
  codeOrder: string[];
  @Column({ name: 'steps_en', type: 'text', array: true })
  stepsEn: string[];
  @Column({ name: 'steps_es', type: 'text', array: true })
  stepsEs: string[];
  @Column({ name: 'version', type: 'integer', default: () => '1' })
  version: number;
}
