import { GradeProfilesController } from './grade-profiles.controller.js';
import { GradeProfiles } from './grade-profiles.service.js';
import { Standards } from './standards.js';
import { BenchStandards } from './standards.service.js';
import { TestPlansController } from './test-plans.controller.js';
import { TestPlans } from './test-plans.service.js';

export const STANDARD_PARTS = {
  controllers: [GradeProfilesController, TestPlansController],
  providers: [Standards, BenchStandards, GradeProfiles, TestPlans],
};
