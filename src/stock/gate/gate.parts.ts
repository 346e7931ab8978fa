import { GateController } from './gate.controller.js';
import { Gate } from './gate.service.js';
import { RegistryWords } from './registry-word.js';

export const GATE_PARTS = {
  controllers: [GateController],
  providers: [Gate, RegistryWords],
};
