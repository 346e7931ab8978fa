/** What each retail grade promised before profiles were data: the first version of them. */
export const GRADE_PROFILE_2026_1 = {
  grades: [
    { grade: 'PRISTINE', cosmetic: ['A'], batteryPct: 90, functional: 1 },
    { grade: 'EXCELLENT', cosmetic: ['A', 'B'], batteryPct: 85, functional: 1 },
    { grade: 'GOOD', cosmetic: ['A', 'B'], batteryPct: 80, functional: 1 },
    { grade: 'FAIR', cosmetic: ['A', 'B', 'C'], batteryPct: 80, functional: 2 },
  ],
};

/** A test with the functional grade of a handset that fails it; 2 is a minor fault that the buyer is told of. */
const test = (code: string, fault: number, scope = 'ALWAYS', deviceClass: string | null = null) => ({
  ...{ code, need: fault === 2 ? 'MINOR' : 'MUST', scope, deviceClass, fault },
});

/** The first test plan: the tests of carriers, makers and liquidators taken together. */
export const TEST_PLAN_2026_1 = {
  tests: [
    test('POWER_AND_BOOT', 8),
    test('BATTERY_SWELLING', 9),
    test('CHARGING', 6),
    test('PORT_DATA', 6),
    test('BATTERY_HEALTH', 6),
    test('DISPLAY_PIXELS', 4),
    test('DISPLAY_BURN_IN', 2),
    test('DISPLAY_BRIGHTNESS', 4),
    test('DISPLAY_DISCOLORATION', 2),
    test('TOUCH_GRID', 4),
    test('PHYSICAL_KEYBOARD', 4, 'ALWAYS', 'PHYSICAL_KEYBOARD'),
    test('BUTTONS', 4),
    test('VIBRATION', 2),
    test('EARPIECE', 5),
    test('LOUDSPEAKER', 5),
    test('MICROPHONES', 5),
    test('FRONT_CAMERA', 5, 'IF_PRESENT'),
    test('REAR_CAMERA', 5),
    test('CAMERA_FLASH', 2, 'IF_PRESENT'),
    test('VIDEO_WITH_SOUND', 5),
    test('PROXIMITY', 5),
    test('AMBIENT_LIGHT', 2, 'IF_PRESENT'),
    test('MAGNETOMETER', 2, 'IF_PRESENT'),
    test('ACCELEROMETER_GYRO', 2, 'IF_PRESENT'),
    test('NFC', 2, 'IF_PRESENT'),
    test('BIOMETRIC', 2, 'IF_PRESENT'),
    test('WIFI', 5),
    test('BLUETOOTH', 5),
    test('GPS', 5),
    test('CELLULAR_CALL', 5),
    test('CELLULAR_DATA', 5),
    test('SIM_OR_ESIM', 5),
    test('SD_SLOT', 2, 'IF_PRESENT'),
    test('HEADPHONE_OR_HDMI', 2, 'IF_PRESENT'),
    test('IMEI_MATCHES_LABEL', 5),
    test('SIM_LOCK', 3),
    test('ACTIVATION_LOCK', 3),
    test('MDM', 3),
    test('OS_GENUINE', 3),
    test('LIQUID_INDICATOR', 7, 'IF_PRESENT'),
  ],
  classes: [
    {
      code: 'PHYSICAL_KEYBOARD',
      brand: 'BlackBerry',
      models: ['Q5', 'Q10', 'Classic', 'Passport', 'Bold', 'Curve', 'Torch', 'Priv', 'KEYone', 'KEY2'],
    },
  ],
};
