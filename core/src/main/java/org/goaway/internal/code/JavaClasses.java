package org.goaway.internal.code;

import java.lang.module.ResolvedModule;
import java.util.HashMap;
import java.util.Map;

/**
 * The classes of Java that the platform loader does not see, such as the compiler's: they are in modules of Java's own
 * image that belong to the system loader. Immutable.
 */
final class JavaClasses {

    private final Map<String, Module> byPackage = new HashMap<>();

    JavaClasses() {
        for (ResolvedModule module : ModuleLayer.boot().configuration().modules()) {
            boolean java = module.reference()
                    .location()
                    .filter(place -> place.getScheme().equals("jrt"))
                    .isPresent();
            if (java) {
                Module loaded = ModuleLayer.boot().findModule(module.name()).orElseThrow();
                loaded.getPackages().forEach(name -> byPackage.put(name, loaded));
            }
        }
    }

    /** The class of this name (with dots), or null if Java has none. */
    Class<?> find(String name) {
        Module module = byPackage.get(name.substring(0, Math.max(0, name.lastIndexOf('.'))));
        return module == null ? null : Class.forName(module, name);
    }
}
