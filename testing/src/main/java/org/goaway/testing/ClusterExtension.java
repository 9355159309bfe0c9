package org.goaway.testing;

import org.goaway.Cluster;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** What JUnit calls for {@link GoAwayCluster}. Keeps a {@link Keeper} for the class, and one for a method that has its own. */
final class ClusterExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(ClusterExtension.class);

    /** For JUnit. */
    ClusterExtension() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        Keeper unused = keeper(context); // the parameters of an instance for all tests may have made it before
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        // A constructor's parameter may have come before.
        keeper(context).cluster();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Keeper keeper = keeper(context);
        if (keeper.isOf(context.getUniqueId())) {
            keeper.close();
        } else {
            keeper.afterTest();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Keeper keeper = context.getStore(NAMESPACE).get(Keeper.class, Keeper.class);
        if (keeper != null && keeper.isOf(context.getUniqueId())) {
            keeper.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Cluster.class || type == TestCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestCluster cluster = keeper(context).cluster();
        return parameter.getParameter().getType() == TestCluster.class ? cluster : cluster.cluster();
    }

    /** The test's or the class's own where it asks for one, else that of a class around it. */
    private static Keeper keeper(ExtensionContext context) {
        Keeper keeper = context.getStore(NAMESPACE).get(Keeper.class, Keeper.class);
        GoAwayCluster own = AnnotationSupport.findAnnotation(context.getElement(), GoAwayCluster.class)
                .orElse(null);
        if (own == null || (keeper != null && keeper.isOf(context.getUniqueId()))) {
            return keeper;
        }
        if (keeper != null) {
            keeper.close(); // a process has one default cluster
        }
        Keeper made = new Keeper(context.getUniqueId(), own);
        context.getStore(NAMESPACE).put(Keeper.class, made);
        return made;
    }
}
